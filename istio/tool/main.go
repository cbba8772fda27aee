// Command mesh turns the files of istio/ into a real Envoy's configuration, without Kubernetes: Istio's
// own validation, config generator and xDS server read them, and a site file says what Kubernetes would
// have said (services, endpoints, proxies, certificates).
//
//	mesh check FILE|DIR...    validates as the admission webhook does
//	mesh serve SITE.yaml      writes a bootstrap for each proxy of the site, and serves it over a socket
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"istio.io/istio/pilot/pkg/features"
)

const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: mesh check FILE|DIR... | mesh serve SITE.yaml")
		os.Exit(exitUsage)
	}
	// A stock Envoy has none of Istio's own filters; with them it refuses every listener.
	features.ALPNFilter = false
	features.MetadataExchange = false

	var err error
	switch os.Args[1] {
	case "check":
		err = check(os.Args[2:])
	case "serve":
		err = serve(os.Args[2])
	default:
		err = fmt.Errorf("unknown command %q", os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mesh:", err)
		os.Exit(exitFailed)
	}
}

func check(paths []string) error {
	documents, err := load(paths)
	if err != nil {
		return err
	}
	configs, err := validated(documents)
	if err != nil {
		return err
	}
	fmt.Println("valid:", len(configs), "resources")
	return nil
}

func serve(path string) error {
	site, err := readSite(path)
	if err != nil {
		return err
	}
	documents, err := load(site.Config)
	if err != nil {
		return err
	}
	if err := patch(documents, site.Patches); err != nil {
		return err
	}
	configs, err := validated(append(documents, site.registry()...))
	if err != nil {
		return err
	}
	secrets, err := serveSecrets(site)
	if err != nil {
		return err
	}
	if err := startDiscovery(site, configs, secrets); err != nil {
		return err
	}
	if err := site.writeBootstraps(); err != nil {
		return err
	}
	fmt.Println("READY:", len(configs), "resources for", len(site.Proxies), "proxies")
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, os.Interrupt)
	<-ended
	return nil
}
