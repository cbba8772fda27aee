package main

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

const version = "1.31.0" // of Istio, which generates by the proxy's version

// writeBootstraps writes what each Envoy is started with: who it is, and whom to ask for the rest.
func (s *Site) writeBootstraps() error {
	for _, proxy := range s.Proxies {
		text, err := json.MarshalIndent(s.bootstrap(proxy), "", "  ")
		if err != nil {
			return err
		}
		file := filepath.Join(s.Folder, proxy.Name+".json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (s *Site) bootstrap(proxy Proxy) object {
	domain := proxy.Namespace + ".svc.cluster.local"
	ask := object{"ads": object{}, "initial_fetch_timeout": "0s", "resource_api_version": "V3"}
	return object{
		"node": object{
			"id":       proxy.Type + "~" + proxy.Address + "~" + proxy.id() + "~" + domain,
			"cluster":  proxy.id(),
			"locality": object{"region": proxy.Region, "zone": proxy.Zone},
			"metadata": object{
				"NAMESPACE": proxy.Namespace, "LABELS": proxy.Labels, "ISTIO_VERSION": version,
				"CLUSTER_ID": "Kubernetes", "MESH_ID": "cluster.local",
			},
		},
		"admin": object{"address": socketAddress(proxy.Admin)},
		"dynamic_resources": object{
			"lds_config": ask,
			"cds_config": ask,
			"ads_config": object{
				"api_type": "GRPC", "transport_api_version": "V3",
				"set_node_on_first_message_only": true,
				"grpc_services":                  []object{{"envoy_grpc": object{"cluster_name": "xds-grpc"}}},
			},
		},
		"static_resources": object{
			"clusters": []object{s.asked("xds-grpc", "xds"), s.asked("sds-grpc", "sds")},
		},
		// As Istio's own: without a bound on connections a flood ends in the kernel's out-of-memory.
		"overload_manager": object{
			"resource_monitors": []object{{
				"name": "envoy.resource_monitors.global_downstream_max_connections",
				"typed_config": object{
					"@type": "type.googleapis.com/envoy.extensions.resource_monitors." +
						"downstream_connections.v3.DownstreamConnectionsConfig",
					"max_active_downstream_connections": 4096,
				},
			}},
		},
	}
}

// asked is a cluster whose only member is a socket of ours: it works through namespaces and cuts.
func (s *Site) asked(name, socket string) object {
	pipe := object{"address": object{"pipe": object{"path": s.socket(socket)}}}
	return object{
		"name": name, "type": "STATIC", "connect_timeout": "1s",
		"typed_extension_protocol_options": object{
			"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": object{
				"@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3." +
					"HttpProtocolOptions",
				"explicit_http_config": object{"http2_protocol_options": object{}},
			},
		},
		"load_assignment": object{
			"cluster_name": name,
			"endpoints":    []object{{"lb_endpoints": []object{{"endpoint": pipe}}}},
		},
	}
}

func socketAddress(text string) object {
	host, port, err := net.SplitHostPort(text)
	number, wrong := strconv.Atoi(port)
	if err != nil || wrong != nil {
		host, number = "127.0.0.1", 0
	}
	return object{"socket_address": object{"address": host, "port_value": number}}
}
