# What the agent beside a migration may do for it: no data key, and no user but the migrator's.
path "database/creds/gateway-migrator" { capabilities = ["read"] }
path "database/roles/gateway-migrator" { capabilities = ["read"] }
path "sys/leases/renew"                { capabilities = ["update"] }
path "sys/leases/revoke"               { capabilities = ["update"] }

path "pki/issue/server"                { capabilities = ["update"] }
path "pki/issue/client"                { capabilities = ["update"] }
path "pki/cert/ca"                     { capabilities = ["read"] }
