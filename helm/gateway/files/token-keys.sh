#!/bin/sh
# Shows this region's Vault, and the edge, which keys sign merchants' tokens now: those of each region. A Vault makes a new one every day
# and shows it a day ahead. Whoever cannot be asked keeps the keys that are known; this ends red then.
#
# VAULT, AUTH, ROLE: where to write the copies, and as whom. ISSUERS: in the order of EDGE's rules. PEERS: region=issuer ...
# EDGE: the RequestAuthentication's address; empty without a mesh.
set -eu
failed=0

ask() {
    curl --fail-with-body --silent --show-error --connect-timeout 5 --max-time 15 "$@"
}

vault() {
    ask --cacert /vault/tls/ca.crt --cert /vault/tls/client.crt --key /vault/tls/client.key "$@"
}

# The set of public keys, in one line; a set without a key is none.
keys() {
    set=$(vault "$1/.well-known/keys" | tr -d '\n')
    case $set in *'"kid"'*) printf %s "$set" ;; *) return 1 ;; esac
}

# Puts a set into this region's Vault. The token goes by standard input: command lines are no secret.
copy() {
    login="{\"role\": \"$ROLE\", \"jwt\": \"$(cat /var/run/secrets/vault.hashicorp.com/serviceaccount/token)\"}"
    token=$(printf %s "$login" | vault --data @- "$VAULT/v1/$AUTH/login" | sed 's/.*"client_token": *"\([^"]*\)".*/\1/')
    printf 'header = "X-Vault-Token: %s"' "$token" | vault --config - --data "$2" "$VAULT/v1/token-keys/$1"
}

# Puts a set into the edge's rule of that number, if that rule is of that issuer.
show() {
    text=$(printf %s "$3" | sed 's/\\/\\\\/g; s/"/\\"/g')
    rule=/spec/jwtRules/$1
    change="[{\"op\": \"test\", \"path\": \"$rule/issuer\", \"value\": \"$2\"}, {\"op\": \"replace\", \"path\": \"$rule/jwks\", \"value\": \"$text\"}]"
    printf 'header = "Authorization: Bearer %s"' "$(cat /var/run/secrets/api/token)" |
        ask --config - --cacert /var/run/secrets/api/ca.crt --request PATCH --header 'Content-Type: application/json-patch+json' \
            --data "$change" --output /dev/null "$EDGE?fieldManager=token-keys"
}

number=0
for issuer in $ISSUERS; do
    if set=$(keys "$issuer"); then
        for peer in $PEERS; do
            [ "${peer#*=}" != "$issuer" ] || copy "${peer%%=*}" "$set" || failed=1
        done
        [ -z "$EDGE" ] || show "$number" "$issuer" "$set" || failed=1
        echo "$issuer: $(printf %s "$set" | grep -o '"kid"' | wc -l) keys"
    else
        echo "$issuer: no keys to be had" >&2
        failed=1
    fi
    number=$((number + 1))
done
exit $failed
