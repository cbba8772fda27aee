# What the agent beside a gateway instance may do for it.
path "database/creds/gateway-app" { capabilities = ["read"] }
path "database/roles/gateway-app" { capabilities = ["read"] }
path "sys/leases/renew"           { capabilities = ["update"] }
path "sys/leases/revoke"          { capabilities = ["update"] }

path "pki/issue/server"           { capabilities = ["update"] }
path "pki/issue/client"           { capabilities = ["update"] }
path "pki/cert/ca"                { capabilities = ["read"] }

path "transit/encrypt/gateway-data" { capabilities = ["update"] }
path "transit/decrypt/gateway-data" { capabilities = ["update"] }

path "token-keys/*" { capabilities = ["read", "list"] }
