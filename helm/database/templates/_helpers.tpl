{{- define "database.selector" -}}
app.kubernetes.io/name: payment-gateway
app.kubernetes.io/component: database
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* No version among these: a chart that changed nothing else restarts no node. */}}
{{- define "database.podLabels" -}}
{{ include "database.selector" . }}
app.kubernetes.io/part-of: payment-gateway
paygateway.dev/region: {{ .Values.region }}
{{- end }}

{{- define "database.labels" -}}
{{ include "database.podLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "database.image" -}}
{{- with .Values.image -}}
{{- .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end -}}
{{- end -}}
{{- end }}

{{/* The names of this region's own nodes, with what is to follow each. */}}
{{- define "database.names" -}}
{{- $names := list -}}
{{- range $i := until (int .root.Values.replicas) -}}
{{- $names = append $names (printf "galera-%d.galera.%s.svc%s" $i $.root.Release.Namespace $.then) -}}
{{- end -}}
{{- join " " $names -}}
{{- end }}

{{/* host:port of every node that holds data and is known beforehand. */}}
{{- define "database.nodes" -}}
{{- join " " (prepend .Values.peers (include "database.names" (dict "root" . "then" ":4567"))) -}}
{{- end }}

{{/* One option a line, as the server takes them. */}}
{{- define "database.options" -}}
{{- $own := printf "gmcast.segment=%d gcache.size=%s gcache.page_size=%s" (int .Values.segment) .Values.settings.writesKept .Values.settings.writesKept | splitList " " -}}
{{- $tls := list "socket.ssl_key=/vault/secrets/member.pem" "socket.ssl_cert=/vault/secrets/member.pem" "socket.ssl_ca=/vault/secrets/members.pem" -}}
{{- $shared := concat (.Files.Lines "files/member.options") (.Files.Lines "files/node.options") -}}
{{- join ";" (concat $own (compact $shared) $tls) -}}
{{- end }}

{{- define "database.container" -}}
image: {{ include "database.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- include "gateway.containerSecurity" . | nindent 2 }}
{{- end }}

{{/* File by file: a folder of them is another one after every change, and the server goes on telling the scripts that copy it to
     another node of the one that was there when it started. */}}
{{- define "database.mounts" -}}
{{- range list "my.cnf" "start.sh" "ready.sh" "take-up.sh" }}
- {name: config, mountPath: /etc/galera/{{ . }}, subPath: {{ . }}, readOnly: true}
{{- end }}
- {name: config, mountPath: /etc/passwd, subPath: passwd, readOnly: true}
- {name: run, mountPath: /run/mysqld}
- {name: tmp, mountPath: /tmp}
- {name: vault-secrets, mountPath: /vault/secrets, readOnly: true}
- {name: vault-tls, mountPath: /vault/tls, readOnly: true}
{{- end }}

{{- define "database.config" -}}
[client]
user = mysql
socket = /run/mysqld/mysqld.sock
[mariadbd]
datadir = /var/lib/mysql/data
tmpdir = /tmp
socket = /run/mysqld/mysqld.sock
pid-file = /run/mysqld/mariadbd.pid
bind-address = 0.0.0.0
port = 3306
ssl-ca = /vault/tls/ca.crt
ssl-cert = /vault/secrets/server.pem
ssl-key = /vault/secrets/server.pem
innodb-buffer-pool-size = {{ .Values.settings.bufferPool }}
innodb-log-file-size = {{ .Values.settings.logFile }}
max-connections = {{ int .Values.settings.connections }}
{{ .Files.Get "files/server.cnf" | trim }}
{{ .Files.Get "files/node.cnf" | trim }}
wsrep-cluster-address = gcomm://{{ include "database.nodes" . | replace " " "," }},{{ .Values.arbitrator }}
wsrep-provider-options = {{ include "database.options" . | quote }}
wsrep-sst-auth = "mysql:"
[sst]
encrypt = 3
tkey = /vault/secrets/member.pem
tcert = /vault/secrets/member.pem
tca = /vault/secrets/members.pem
ssl-mode = VERIFY_CA
{{- end }}

{{/* All that a node reads when it starts: what changes here restarts the nodes. */}}
{{- define "database.files" -}}
# The server asks who the process at its socket is, by this name; an image's own user has another number.
passwd: |
  root:x:0:0::/:/sbin/nologin
  mysql:x:65532:65532::/:/sbin/nologin
start.sh: |
  {{- .Files.Get "files/start.sh" | trim | nindent 2 }}
ready.sh: |
  {{- .Files.Get "files/ready.sh" | trim | nindent 2 }}
take-up.sh: |
  {{- .Files.Get "files/take-up.sh" | trim | nindent 2 }}
my.cnf: |
  {{- include "database.config" . | nindent 2 }}
{{- end }}

{{- define "database.agentFiles" -}}
{{- $addresses := compact (list "127.0.0.1" .Values.service.clusterIP) -}}
{{- $names := printf "localhost database.%s.svc %s" .Release.Namespace (include "database.names" (dict "root" . "then" "")) -}}
{{- $more := printf ` "ip_sans=%s" "alt_names=%s"` (join "," $addresses) (replace " " "," $names) }}
{{- $agent := dict "root" . "role" .Values.vault.role }}
{{- $life := .Values.vault.certificateLife }}
{{- $server := dict "file" "server" "role" "database" "name" "database" "life" $life "more" $more }}
{{- $member := dict "file" "member" "authority" "members" "role" "node" "name" "node" "life" $life "more" "" }}
{{- range $file, $first := dict "config-init.hcl" "exit_after_auth = true" "config.hcl" "" }}
{{ $file }}: |
  {{- with $first }}
  {{ . }}
  {{- end }}
  {{- include "vault.login" $agent | nindent 2 }}
  {{- include "vault.certificate" $server | nindent 2 }}
  {{- include "vault.certificate" $member | nindent 2 }}
  template {
    destination          = "/vault/secrets/members.pem"
    perms                = "0600"
    error_on_missing_key = true
    contents             = <<EOT
  {{ `{{ with secret "members/cert/ca_chain" }}{{ .Data.ca_chain }}{{ end }}` }}
  EOT
  }
{{- end }}
{{- end }}
