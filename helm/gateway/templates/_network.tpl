{{- define "gateway.dns" -}}
- to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
      podSelector: {matchLabels: {k8s-app: kube-dns}}
  ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
{{- end }}

{{- define "gateway.egress" -}}
{{- range . }}
{{- if or .namespaces .cidrs }}
# {{ .name }}
- to:
    {{- range .namespaces }}
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ . }}}}
    {{- end }}
    {{- $except := .except }}
    {{- range .cidrs }}
    - ipBlock: {cidr: {{ . }}{{ with $except }}, except: {{ toJson . }}{{ end }}}
    {{- end }}
  ports:
    {{- range .ports }}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
{{- end }}
{{- end }}
{{- end }}
