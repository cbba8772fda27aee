# A merchant's token is signed for the entity that asks, with that entity's claims only.
path "identity/oidc/token/gateway" { capabilities = ["read"] }
