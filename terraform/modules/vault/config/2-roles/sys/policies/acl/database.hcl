# What the agent beside the database may do: a certificate in the database's name, one as a member, and nothing else.
path "pki/issue/database" {
  capabilities       = ["update"]
  allowed_parameters = { "common_name" = ["database"], "*" = [] }
}
path "members/issue/node" {
  capabilities       = ["update"]
  allowed_parameters = { "common_name" = ["node"], "*" = [] }
}
path "members/cert/ca_chain" { capabilities = ["read"] }
