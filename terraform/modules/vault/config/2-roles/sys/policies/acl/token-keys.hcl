# What the job may do that copies the other regions' public keys: write the copies.
path "token-keys/*" { capabilities = ["create", "update"] }
