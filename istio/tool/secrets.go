package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	sds "github.com/envoyproxy/go-control-plane/envoy/service/secret/v3"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/anypb"

	"istio.io/istio/pilot/pkg/model"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
)

// How often files are looked at: a certificate is renewed long before it ends.
const watchPause = time.Second

// secrets hands out certificates from files. It stands in for two of Istio's: the agent beside each
// proxy (the proxy's own identity) and the reader of Kubernetes' secrets (what gateways show).
type secrets struct {
	sds.UnimplementedSecretDiscoveryServiceServer
	site *Site

	lock    sync.Mutex
	stamp   string
	version int
	changed chan struct{} // closed at the next change
	told    func()
}

func serveSecrets(site *Site) (*secrets, error) {
	served := &secrets{site: site, changed: make(chan struct{}), told: func() {}}
	served.stamp = served.state()
	listener, err := listen(site.socket("sds"))
	if err != nil {
		return nil, err
	}
	server := grpc.NewServer()
	sds.RegisterSecretDiscoveryServiceServer(server, served)
	go func() { _ = server.Serve(listener) }()
	go served.watch()
	return served, nil
}

func (s *secrets) onChange(told func()) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.told = told
}

func (s *secrets) watch() {
	for range time.Tick(watchPause) {
		stamp := s.state()
		s.lock.Lock()
		if stamp != s.stamp {
			s.stamp = stamp
			s.version++
			close(s.changed)
			s.changed = make(chan struct{})
			go s.told()
		}
		s.lock.Unlock()
	}
}

// state changes when a file does.
func (s *secrets) state() string {
	var text strings.Builder
	for _, proxy := range s.site.Proxies {
		for _, secret := range proxy.Secrets {
			for _, file := range []string{secret.Certificate, secret.Key, secret.Authority, secret.Revoked} {
				if info, err := os.Stat(file); err == nil {
					fmt.Fprintf(&text, "%s %d %d\n", file, info.Size(), info.ModTime().UnixNano())
				}
			}
		}
	}
	lines := strings.Split(text.String(), "\n")
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

func (s *secrets) now() (string, chan struct{}) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return strconv.Itoa(s.version), s.changed
}

// Generate answers a gateway that asks istiod for a Kubernetes secret.
func (s *secrets) Generate(
	proxy *model.Proxy, watched *model.WatchedResource, _ *model.PushRequest,
) (model.Resources, model.XdsLogDetails, error) {
	asked := s.site.proxy(proxy.ID)
	var found model.Resources
	for name := range watched.ResourceNames {
		secret, err := asked.secret(name)
		if err != nil {
			return nil, model.DefaultXdsLogDetails, err
		}
		found = append(found, &discovery.Resource{Name: name, Resource: secret})
	}
	return found, model.DefaultXdsLogDetails, nil
}

// StreamSecrets answers a proxy that asks its agent, now and at each change.
func (s *secrets) StreamSecrets(stream sds.SecretDiscoveryService_StreamSecretsServer) error {
	requests := make(chan *discovery.DiscoveryRequest)
	ended := make(chan error, 1)
	go func() {
		for {
			request, err := stream.Recv()
			if err != nil {
				ended <- err
				return
			}
			select {
			case requests <- request:
			case <-stream.Context().Done():
				return
			}
		}
	}()
	var proxy *Proxy
	var names []string
	sent := ""
	for {
		version, changed := s.now()
		select {
		case <-ended:
			return nil
		case <-changed:
			version, _ = s.now()
		case request := <-requests:
			if request.Node != nil {
				parts := strings.Split(request.Node.Id, "~")
				proxy = s.site.proxy(parts[min(2, len(parts)-1)])
			}
			if request.ErrorDetail != nil {
				fmt.Println("refused by the proxy:", request.ResourceNames, request.ErrorDetail.Message)
				continue
			}
			names = request.ResourceNames
			if key := version + fmt.Sprint(names); key == sent {
				continue // an acknowledgement
			}
		}
		if err := s.send(stream, proxy, names, version); err != nil {
			return err
		}
		sent = version + fmt.Sprint(names)
	}
}

func (s *secrets) send(
	stream sds.SecretDiscoveryService_StreamSecretsServer, proxy *Proxy, names []string, version string,
) error {
	answer := &discovery.DiscoveryResponse{
		TypeUrl: v3.SecretType, VersionInfo: version, Nonce: version + "-" + strings.Join(names, ","),
	}
	for _, name := range names {
		secret, err := proxy.secret(name)
		if err != nil {
			return err
		}
		answer.Resources = append(answer.Resources, secret)
	}
	return stream.Send(answer)
}

func (p *Proxy) secret(name string) (*anypb.Any, error) {
	if p == nil {
		return nil, fmt.Errorf("secret %s is asked for by a proxy that the site does not name", name)
	}
	source, known := p.Secrets[name]
	if !known {
		return nil, fmt.Errorf("the site gives %s no secret %s", p.Name, name)
	}
	secret := &tls.Secret{Name: name}
	if source.Authority != "" {
		context := &tls.CertificateValidationContext{TrustedCa: content(source.Authority)}
		if source.Revoked != "" {
			context.Crl = content(source.Revoked)
		}
		secret.Type = &tls.Secret_ValidationContext{ValidationContext: context}
	} else {
		secret.Type = &tls.Secret_TlsCertificate{TlsCertificate: &tls.TlsCertificate{
			CertificateChain: content(source.Certificate),
			PrivateKey:       content(source.Key),
		}}
	}
	return anypb.New(secret)
}

// content holds the file's bytes, so that certificate and key change together; an unreadable file is
// empty, which Envoy refuses and reports, keeping what it has.
func content(file string) *core.DataSource {
	bytes, err := os.ReadFile(file)
	if err != nil {
		fmt.Println("cannot read", file, err)
	}
	return &core.DataSource{Specifier: &core.DataSource_InlineBytes{InlineBytes: bytes}}
}
