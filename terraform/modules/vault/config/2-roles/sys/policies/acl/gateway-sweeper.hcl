# What the agent beside a sweep may do for it: no data key, and no user but the sweeper's. It reads for how long roles lend.
path "database/creds/gateway-sweeper" { capabilities = ["read"] }
path "database/roles/gateway-*"       { capabilities = ["read"] }
path "sys/leases/renew"               { capabilities = ["update"] }
path "sys/leases/revoke"              { capabilities = ["update"] }

path "pki/issue/server"               { capabilities = ["update"] }
path "pki/issue/client"               { capabilities = ["update"] }
path "pki/cert/ca"                    { capabilities = ["read"] }
