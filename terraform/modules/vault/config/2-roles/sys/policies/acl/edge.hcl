# What the agent beside an edge may do. Nobody else may get a certificate in the edge's name: the service
# takes its word on who the merchant is.
path "pki/issue/edge" { capabilities = ["update"] }
path "pki/cert/ca"    { capabilities = ["read"] }
