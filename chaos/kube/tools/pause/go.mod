module paygateway.dev/pause

go 1.25
