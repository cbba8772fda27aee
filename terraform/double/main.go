// double is a Terraform provider that knows names and types and no cloud: it serves the schema of resources as npm's Pulumi
// packages publish it (they are made from the same provider), so that `terraform validate` and `terraform test` judge our
// modules here. It cannot judge values, quotas, permissions or what an API answers.
//
//	double extract TYPES PACKAGE... > schema.json    makes the schema of the types that are named in TYPES
//	terraform-provider-NAME_vVERSION                 serves the schema.json beside it
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
)

func main() {
	var err error
	if len(os.Args) > 3 && os.Args[1] == "extract" {
		err = extract(os.Args[2], os.Args[3:])
	} else {
		err = serve()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "double:", err)
		os.Exit(1)
	}
}

// extract writes by type what the packages say of it; a type that none of them has is an error.
func extract(types string, folders []string) error {
	text, err := os.ReadFile(types)
	if err != nil {
		return err
	}
	wanted := map[string]string{}
	if err := json.Unmarshal(text, &wanted); err != nil {
		return err
	}
	all := map[string][]property{}
	for _, folder := range folders {
		reader, err := newReader(folder)
		if err != nil {
			return err
		}
		for name, path := range wanted {
			if _, err := os.Stat(filepath.Join(folder, path+".d.ts")); err != nil || !strings.Contains(folder, strings.Split(name, "_")[0]) {
				continue
			}
			if all[name], err = reader.resource(path); err != nil {
				return err
			}
		}
	}
	for name := range wanted {
		if all[name] == nil {
			return fmt.Errorf("no package has %s (%s)", name, wanted[name])
		}
	}
	return json.NewEncoder(os.Stdout).Encode(all)
}

func serve() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(self), "schema.json"))
	if err != nil {
		return err
	}
	resources := map[string][]property{}
	if err := json.Unmarshal(text, &resources); err != nil {
		return err
	}
	name := strings.TrimPrefix(strings.Split(filepath.Base(self), "_")[0], "terraform-provider-")
	own := map[string]*tfprotov5.Schema{}
	for resource, properties := range resources {
		if strings.HasPrefix(resource, name+"_") {
			own[resource] = &tfprotov5.Schema{Block: block(properties, true)}
		}
	}
	address := "registry.terraform.io/double/" + name
	return tf5server.Serve(address, func() tfprotov5.ProviderServer { return &provider{resources: own} })
}

// provider answers what validation asks and nothing else; tests replace the rest by mock_provider.
type provider struct {
	tfprotov5.ProviderServer
	resources map[string]*tfprotov5.Schema
}

func (p *provider) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	var all []tfprotov5.ResourceMetadata
	for name := range p.resources {
		all = append(all, tfprotov5.ResourceMetadata{TypeName: name})
	}
	return &tfprotov5.GetMetadataResponse{Resources: all, ServerCapabilities: &tfprotov5.ServerCapabilities{}}, nil
}

func (p *provider) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	settings := block([]property{{Name: "region", Type: "string", Argument: true}, {Name: "address", Type: "string", Argument: true}}, false)
	return &tfprotov5.GetProviderSchemaResponse{
		Provider:        &tfprotov5.Schema{Block: settings},
		ResourceSchemas: p.resources,
	}, nil
}

func (p *provider) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (p *provider) PrepareProviderConfig(_ context.Context, request *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (p *provider) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (p *provider) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (p *provider) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}
