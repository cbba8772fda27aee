package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"time"

	"sigs.k8s.io/yaml"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/model"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
	ptest "istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
)

const debounce = 10 * time.Millisecond

// startDiscovery serves what Istio generates. Its test package is the only door to the generator that
// needs no Kubernetes; it ends the process where a test would fail.
func startDiscovery(site *Site, configs []config.Config, secrets *secrets) error {
	meshConfig, err := site.Mesh.read()
	if err != nil {
		return err
	}
	server := ptest.NewFakeDiscoveryServer(&process{}, ptest.FakeOptions{
		Configs:         configs,
		MeshConfig:      meshConfig,
		DebounceTime:    debounce,
		ListenerBuilder: func() (net.Listener, error) { return listen(site.socket("xds")) },
	})
	server.Discovery.Generators[v3.SecretType] = secrets
	secrets.onChange(func() {
		server.Discovery.ConfigUpdate(&model.PushRequest{
			Forced: true,
			Reason: model.NewReasonStats(model.SecretTrigger),
		})
	})
	return nil
}

func (m Mesh) read() (*meshconfig.MeshConfig, error) {
	values := struct {
		MeshConfig map[string]any `json:"meshConfig"`
	}{}
	if m.Values != "" {
		text, err := os.ReadFile(m.Values)
		if err != nil {
			return nil, err
		}
		if err := yaml.Unmarshal(text, &values); err != nil {
			return nil, fmt.Errorf("%s: %w", m.Values, err)
		}
	}
	text, err := json.Marshal(values.MeshConfig)
	if err != nil {
		return nil, err
	}
	if text, err = (Patch{Merge: m.Merge}).apply(text); err != nil {
		return nil, fmt.Errorf("mesh.merge: %w", err)
	}
	return mesh.ApplyMeshConfigDefaults(string(text))
}

func listen(socket string) (net.Listener, error) {
	if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	return net.Listen("unix", socket)
}

// process is what a test is to that package. Clean-up is the process's own end.
type process struct{}

func (p *process) Fail()    { os.Exit(exitFailed) }
func (p *process) FailNow() { os.Exit(exitFailed) }
func (p *process) Helper()  {}

func (p *process) Fatal(args ...any) {
	fmt.Fprintln(os.Stderr, args...)
	os.Exit(exitFailed)
}

func (p *process) Fatalf(format string, args ...any) { p.Fatal(fmt.Sprintf(format, args...)) }
func (p *process) Log(args ...any)                   { fmt.Println(args...) }
func (p *process) Logf(format string, args ...any)   { fmt.Printf(format+"\n", args...) }
func (p *process) Skip(args ...any)                  { p.Fatal(args...) }
func (p *process) Cleanup(func())                    {}
func (p *process) TempDir() string                   { return os.TempDir() }
