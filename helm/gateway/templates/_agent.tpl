{{/* The agent beside an instance: renders the certificates, then lends its token over mutual TLS. No `cache`: it would
     hand every caller the same database user. The injector takes these two files as they are; so does the sidecar. */}}
{{- define "vault.templates" -}}
{{- $life := .root.Values.vault.certificateLife -}}
{{- $here := ` "ip_sans=127.0.0.1" "alt_names=localhost"` -}}
template {
  destination          = "/vault/secrets/ca.pem"
  perms                = "0600"
  error_on_missing_key = true
  contents             = <<EOT
{{ `{{ with secret "pki/cert/ca" }}{{ .Data.certificate }}{{ end }}` }}
EOT
}
{{ include "vault.certificate" (dict "file" "server" "role" "server" "name" "gateway" "life" $life "more" $here) }}
{{ include "vault.certificate" (dict "file" "client" "role" "client" "name" "gateway" "life" $life "more" "") }}
{{ include "vault.certificate" (dict "file" "agent" "role" "server" "name" "agent" "life" $life "more" $here "reload" .reload) }}
{{- end }}

{{- define "vault.configData" -}}
config-init.hcl: |
  exit_after_auth = true
  {{- include "vault.login" . | nindent 2 }}
  {{- include "vault.templates" . | nindent 2 }}
config.hcl: |
  {{- include "vault.login" . | nindent 2 }}
  api_proxy {
    use_auto_auth_token = "force"
  }
  listener "tcp" {
    address                            = "127.0.0.1:{{ .root.Values.vault.agent.port }}"
    tls_cert_file                      = "/vault/secrets/agent.pem"
    tls_key_file                       = "/vault/secrets/agent.pem"
    tls_client_ca_file                 = "/vault/secrets/ca.pem"
    tls_require_and_verify_client_cert = true
    tls_min_version                    = "tls12"
  }
  {{- include "vault.templates" (merge (dict "reload" true) .) | nindent 2 }}
{{- end }}

{{/* What the injector is asked for. */}}
{{- define "vault.annotations" -}}
vault.hashicorp.com/agent-inject: "true"
vault.hashicorp.com/agent-init-first: "true"
vault.hashicorp.com/agent-configmap: {{ printf "%s-agent" (include "gateway.fullname" .) }}
vault.hashicorp.com/agent-image: {{ .Values.vault.agent.image }}
vault.hashicorp.com/agent-run-as-same-user: "true"
vault.hashicorp.com/agent-share-process-namespace: "false"
vault.hashicorp.com/agent-service-account-token-volume-name: vault-token
vault.hashicorp.com/auth-path: {{ .Values.vault.authPath }}
vault.hashicorp.com/role: {{ .Values.vault.role }}
vault.hashicorp.com/service: {{ .Values.vault.address }}
vault.hashicorp.com/tls-secret: {{ .Values.vault.tlsSecret }}
vault.hashicorp.com/template-lease-renewal-threshold: "0.6"
{{- with .Values.vault.agent.resources }}
vault.hashicorp.com/agent-requests-cpu: {{ .requests.cpu | quote }}
vault.hashicorp.com/agent-requests-mem: {{ .requests.memory | quote }}
vault.hashicorp.com/agent-limits-cpu: ""
vault.hashicorp.com/agent-limits-mem: {{ .limits.memory | quote }}
{{- end }}
{{- end }}
