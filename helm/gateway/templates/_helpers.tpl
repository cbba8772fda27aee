{{- define "gateway.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- (contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name)) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "gateway.account" -}}
{{- default (include "gateway.fullname" .) .Values.serviceAccount.name -}}
{{- end }}

{{- define "gateway.image" -}}
{{- with .Values.image -}}
{{- .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ default $.Chart.AppVersion .tag }}{{ end -}}
{{- end -}}
{{- end }}

{{/* What selects: the service's part of a region, and what fault manifests and policies go by. */}}
{{- define "gateway.selector" -}}
app.kubernetes.io/name: payment-gateway
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "gateway.labels" -}}
{{ include "gateway.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: payment-gateway
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
paygateway.dev/region: {{ .root.Values.region }}
{{- end }}

{{/* The service's settings of this place. Roles differ: the instances' and the migrator's. */}}
{{- define "gateway.config" -}}
{{- $v := .root.Values -}}
server:
  port: {{ $v.service.port }}
spring:
  lifecycle:
    timeout-per-shutdown-phase: 25s
management:
  server:
    port: {{ $v.service.managementPort }}
    # The kubelet has no certificate for its probes; the NetworkPolicy says who else may come.
    ssl:
      client-auth: want
  tracing:
    sampling:
      probability: {{ $v.telemetry.sampling }}
  {{- with $v.telemetry.tracesEndpoint }}
  opentelemetry:
    tracing:
      export:
        otlp:
          endpoint: {{ . | quote }}
  {{- end }}
gateway:
  region: {{ $v.region }}
  instance: "${POD_NAME}"
  tls:
    directory: /vault/secrets
  vault:
    address: {{ printf "https://127.0.0.1:%v" $v.vault.agent.port }}
  database:
    hosts: {{ join "," $v.database.hosts | quote }}
    name: {{ $v.database.name }}
    role: {{ .role }}
    pool-size-min: {{ $v.database.poolSizeMin }}
    pool-size-max: {{ $v.database.poolSizeMax }}
    leak-after: {{ $v.database.leakAfter }}
  acquirers:
    {{- range $v.acquirers }}
    - name: {{ .name }}
      url: {{ .url | quote }}
      {{- with .accountPrefix }}
      account-prefix: {{ . | quote }}
      {{- end }}
      {{- with .callsMax }}
      calls-max: {{ . }}
      {{- end }}
      {{- if hasKey . "idempotentSend" }}
      idempotent-send: {{ .idempotentSend }}
      {{- end }}
      {{- if hasKey . "inquiryByReference" }}
      inquiry-by-reference: {{ .inquiryByReference }}
      {{- end }}
      {{- if hasKey . "reverseByReference" }}
      reverse-by-reference: {{ .reverseByReference }}
      {{- end }}
      {{- with .visibilityWindow }}
      visibility-window: {{ . }}
      {{- end }}
    {{- end }}
  fingerprint:
    wrapped-key: {{ $v.fingerprint.wrappedKey | quote }}
  tokens:
    issuers:
      {{- toYaml $v.tokens.issuers | nindent 6 }}
    audience: {{ $v.tokens.audience }}
  limits:
    write-per-second: {{ $v.limits.writePerSecond }}
    read-per-second: {{ $v.limits.readPerSecond }}
    list-per-second: {{ $v.limits.listPerSecond }}
  edge:
    wait-usual: {{ $v.edge.waitUsual }}
    wait-max: {{ $v.edge.waitMax }}
    in-flight-max: {{ $v.edge.inFlightMax }}
    {{- if $v.mesh.enabled }}
    client-certificate: xfcc
    forwarders:
      - {{ printf "spiffe://%s/ns/%s/sa/%s" $v.mesh.trustDomain $v.mesh.edgeNamespace $v.mesh.edgeAccount }}
      - {{ printf "spiffe://%s/ns/%s/sa/%s" $v.mesh.trustDomain .root.Release.Namespace (include "gateway.account" .root) }}
    {{- end }}
  recovery:
    every: {{ $v.recovery.every }}
    lease: {{ $v.recovery.lease }}
{{- end }}

{{- define "gateway.configData" -}}
application.yaml: |
  {{- mustMergeOverwrite (fromYaml (include "gateway.config" .)) (deepCopy .root.Values.extraConfig) | toYaml | nindent 2 }}
{{- end }}

{{/* The container that runs the service's image, up to what differs. */}}
{{- define "gateway.process" -}}
image: {{ include "gateway.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- include "gateway.containerSecurity" . | nindent 2 }}
{{- end }}

{{- define "gateway.environment" -}}
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: SPRING_CONFIG_ADDITIONAL_LOCATION
  value: file:/etc/gateway/application.yaml
- name: JDK_JAVA_OPTIONS
  value: {{ join " " .Values.jvmOptions | quote }}
{{- end }}

{{- define "gateway.mounts" -}}
- {name: config, mountPath: /etc/gateway, readOnly: true}
- {name: tmp, mountPath: /tmp}
{{- end }}
