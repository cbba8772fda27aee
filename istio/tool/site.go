package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"sigs.k8s.io/yaml"
)

// Site is what Kubernetes would tell Istio.
type Site struct {
	Config   []string  `json:"config"` // files and folders of Istio's resources
	Mesh     Mesh      `json:"mesh"`
	Folder   string    `json:"folder"` // gets the sockets and each proxy's NAME.json
	Proxies  []Proxy   `json:"proxies"`
	Services []Service `json:"services"`
	Patches  []Patch   `json:"patches"`
}

// Mesh is the meshConfig of a values file of Istio's chart, and what is else at this site.
type Mesh struct {
	Values string         `json:"values"`
	Merge  map[string]any `json:"merge"`
}

// Proxy is an Envoy that will ask for its configuration.
type Proxy struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace"`
	Type      string            `json:"type"` // router or sidecar
	Address   string            `json:"address"`
	Admin     string            `json:"admin"` // host:port of its admin page
	Region    string            `json:"region"`
	Zone      string            `json:"zone"`
	Labels    map[string]string `json:"labels"`
	Secrets   map[string]Secret `json:"secrets"` // by the name that Envoy asks for
}

// Secret names files; they are read again when they change.
type Secret struct {
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
	Authority   string `json:"authority"`
	Revoked     string `json:"revoked"`
}

// Service is a Kubernetes service or, if external, a host outside.
type Service struct {
	Host      string     `json:"host"`
	Namespace string     `json:"namespace"`
	External  bool       `json:"external"`
	Names     []string   `json:"names"` // which its certificates may bear; empty: any of the authority
	Ports     []Port     `json:"ports"`
	Endpoints []Endpoint `json:"endpoints"`
}

// Port of a service.
type Port struct {
	Number   int    `json:"number"`
	Name     string `json:"name"`
	Protocol string `json:"protocol"`
}

// Endpoint is a pod.
type Endpoint struct {
	Name    string         `json:"name"`
	Address string         `json:"address"`
	Region  string         `json:"region"`
	Zone    string         `json:"zone"`
	Ports   map[string]int `json:"ports"`
}

// Patch is a change of one resource: an RFC 7386 merge, RFC 6902 operations, or both.
type Patch struct {
	Kind       string         `json:"kind"`
	Name       string         `json:"name"`
	Merge      map[string]any `json:"merge"`
	Operations []any          `json:"operations"`
}

func readSite(path string) (*Site, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	site := &Site{}
	if err := yaml.UnmarshalStrict(text, site); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if site.Folder == "" || len(site.Proxies) == 0 {
		return nil, fmt.Errorf("%s: folder and proxies must be given", path)
	}
	return site, os.MkdirAll(site.Folder, 0o700)
}

func (s *Site) socket(name string) string {
	return filepath.Join(s.Folder, name+".sock")
}

// proxy finds the proxy that calls itself so in Envoy's node: TYPE~ADDRESS~NAME.NAMESPACE~DOMAIN.
func (s *Site) proxy(id string) *Proxy {
	for i := range s.Proxies {
		if s.Proxies[i].id() == id {
			return &s.Proxies[i]
		}
	}
	return nil
}

func (p *Proxy) id() string {
	return p.Name + "." + p.Namespace
}

type object = map[string]any

// registry says the services in Istio's own words.
func (s *Site) registry() []*document {
	var all []*document
	for _, service := range s.Services {
		all = append(all, resource("ServiceEntry", service.Namespace, service.Host, service.entry()))
		for _, endpoint := range service.Endpoints {
			all = append(all, resource("WorkloadEntry", service.Namespace, endpoint.Name, object{
				"address":  endpoint.Address,
				"locality": endpoint.Region + "/" + endpoint.Zone,
				"labels":   service.selector(),
				"ports":    endpoint.Ports,
			}))
		}
	}
	return all
}

func (s Service) selector() object {
	return object{"mesh.paygateway.dev/service": s.Host}
}

func (s Service) entry() object {
	location := "MESH_INTERNAL"
	if s.External {
		location = "MESH_EXTERNAL"
	}
	return object{
		"hosts":            []string{s.Host},
		"location":         location,
		"resolution":       "STATIC",
		"ports":            s.Ports,
		"subjectAltNames":  s.Names,
		"workloadSelector": object{"labels": s.selector()},
	}
}

func resource(kind, namespace, name string, spec object) *document {
	text, err := json.Marshal(object{
		"apiVersion": "networking.istio.io/v1",
		"kind":       kind,
		"metadata":   object{"name": name, "namespace": namespace},
		"spec":       spec,
	})
	if err != nil {
		panic(err) // maps of strings and numbers can be written
	}
	read := &document{origin: "the site's services", json: text}
	read.Kind, read.Metadata.Name, read.Metadata.Namespace = kind, name, namespace
	return read
}
