# What the agent beside the database may do: a certificate in the database's name, and nothing else.
path "pki/issue/database" {
  capabilities       = ["update"]
  allowed_parameters = { "common_name" = ["database"], "*" = [] }
}
