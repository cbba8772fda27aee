{{/* The agent beside an instance: renders the certificates, then lends its token over mutual TLS. No `cache`: it would
     hand every caller the same database user. The injector takes these two files as they are; so does the sidecar. */}}
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
{{ printf "{{ with pkiCert \"pki/issue/%s\" \"common_name=%s\" \"ttl=%s\" \"private_key_format=pkcs8\"%s }}{{ .Cert }}{{ .CA }}{{ .Key }}{{ end }}" .role .name .life .more }}
EOT
{{- if .reload }}
  exec {
    command = ["sh", "-c", "kill -HUP $PPID"]
    timeout = "15s"
  }
{{- end }}
}
{{- end }}

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
