{{/* A Vault agent beside whoever needs one; helm/database has this file too, by a link. */}}
{{- define "vault.login" -}}
vault {
  address     = {{ .root.Values.vault.address | quote }}
  ca_cert     = "/vault/tls/ca.crt"
  client_cert = "/vault/tls/client.crt"
  client_key  = "/vault/tls/client.key"
}
auto_auth {
  method "kubernetes" {
    mount_path  = {{ .root.Values.vault.authPath | quote }}
    min_backoff = "1s"
    max_backoff = "5s"
    config = {
      role       = {{ .role | quote }}
      token_path = "/var/run/secrets/vault.hashicorp.com/serviceaccount/token"
    }
  }
}
{{- end }}

{{- define "vault.certificate" -}}
template {
  destination          = "/vault/secrets/{{ .file }}.pem"
  perms                = "0600"
  error_on_missing_key = true
  contents             = <<EOT
{{ printf "{{ with pkiCert \"%s/issue/%s\" \"common_name=%s\" \"ttl=%s\" \"private_key_format=pkcs8\"%s }}{{ .Cert }}{{ .CA }}{{ .Key }}{{ end }}" (.authority | default "pki") .role .name .life .more }}
EOT
{{- if .reload }}
  exec {
    command = ["sh", "-c", "kill -HUP $PPID"]
    timeout = "15s"
  }
{{- end }}
}
{{- end }}

{{- define "vault.tokenVolume" -}}
- name: vault-token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken: {path: token, audience: {{ .Values.vault.tokenAudience }}, expirationSeconds: 3600}
{{- end }}

{{/* The agent as our own container: .file says which configuration, .restart whether it stays. */}}
{{- define "vault.container" -}}
- name: {{ .name }}
  image: {{ .root.Values.vault.agent.image }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  command: [{{ .root.Values.vault.agent.program }}, agent, -config=/vault/configs/{{ .file }}]
  {{- if .restart }}
  restartPolicy: Always
  {{- end }}
  env:
    - {name: HOME, value: /home/vault}
  securityContext:
    {{- include "gateway.containerSecurity" .root | nindent 4 }}
  resources:
    {{- toYaml .root.Values.vault.agent.resources | nindent 4 }}
  volumeMounts:
    - {name: vault-secrets, mountPath: /vault/secrets}
    - {name: vault-configs, mountPath: /vault/configs, readOnly: true}
    - {name: vault-tls, mountPath: /vault/tls, readOnly: true}
    - {name: vault-home, mountPath: /home/vault}
    - {name: vault-token, mountPath: /var/run/secrets/vault.hashicorp.com/serviceaccount, readOnly: true}
{{- end }}

{{- define "vault.volumes" -}}
- name: vault-secrets
  emptyDir: {medium: Memory, sizeLimit: 1Mi}
- name: vault-home
  emptyDir: {medium: Memory, sizeLimit: 1Mi}
- name: vault-configs
  configMap: {name: {{ .configMap }}}
- name: vault-tls
  secret: {secretName: {{ .root.Values.vault.tlsSecret }}, defaultMode: 0440}
{{- end }}
