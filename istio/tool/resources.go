package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"sigs.k8s.io/yaml"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/collections"
)

// What Istio says of every EnvoyFilter there is.
const inherent = "EnvoyFilter exposes internal implementation details"

// document is one resource as JSON, and where it was read.
type document struct {
	origin string
	json   []byte
	head
}

type head struct {
	Kind     string `json:"kind"`
	Metadata struct {
		Name      string `json:"name"`
		Namespace string `json:"namespace"`
	} `json:"metadata"`
}

// load reads every document of the files, and of the folders' YAML files.
func load(paths []string) ([]*document, error) {
	var all []*document
	for _, path := range paths {
		err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || (file != path && filepath.Ext(file) != ".yaml") {
				return err
			}
			documents, err := readDocuments(file)
			all = append(all, documents...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func readDocuments(file string) ([]*document, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []*document
	for _, part := range bytes.Split(append([]byte("\n"), text...), []byte("\n---")) {
		read, err := newDocument(file, part)
		if err != nil {
			return nil, err
		}
		if read.Kind != "" {
			all = append(all, read)
		}
	}
	return all, nil
}

func newDocument(origin string, text []byte) (*document, error) {
	json, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", origin, err)
	}
	read := &document{origin: origin, json: json}
	if string(json) != "null" {
		if err := yaml.Unmarshal(json, &read.head); err != nil {
			return nil, fmt.Errorf("%s: %w", origin, err)
		}
	}
	return read, nil
}

// patch changes what differs at this site, by JSON merge patches (RFC 7386). One that meets nothing is
// an error: it would hide that the file it was written for has moved on.
func patch(documents []*document, patches []Patch) error {
	for _, each := range patches {
		met := false
		for _, target := range documents {
			if target.Kind != each.Kind || target.Metadata.Name != each.Name {
				continue
			}
			changed, err := each.apply(target.json)
			if err != nil {
				return fmt.Errorf("patch of %s %s: %w", each.Kind, each.Name, err)
			}
			met = !bytes.Equal(changed, target.json)
			target.json = changed
		}
		if !met {
			return fmt.Errorf("patch of %s %s changes nothing", each.Kind, each.Name)
		}
	}
	return nil
}

func (p Patch) apply(target []byte) ([]byte, error) {
	if p.Merge != nil {
		merge, err := yaml.Marshal(p.Merge)
		if err != nil {
			return nil, err
		}
		json, err := yaml.YAMLToJSON(merge)
		if err != nil {
			return nil, err
		}
		if target, err = jsonpatch.MergePatch(target, json); err != nil {
			return nil, err
		}
	}
	if p.Operations == nil {
		return target, nil
	}
	operations, err := yaml.Marshal(p.Operations)
	if err != nil {
		return nil, err
	}
	json, err := yaml.YAMLToJSON(operations)
	if err != nil {
		return nil, err
	}
	decoded, err := jsonpatch.DecodePatch(json)
	if err != nil {
		return nil, err
	}
	return decoded.Apply(target)
}

// validated parses the documents and asks Istio's own validation, the webhook's; warnings fail too.
func validated(documents []*document) ([]config.Config, error) {
	var configs []config.Config
	var problems []error
	for _, each := range documents {
		parsed, unknown, err := crd.ParseInputs(string(each.json))
		if err != nil || len(unknown) > 0 || len(parsed) != 1 {
			problems = append(problems, fmt.Errorf("%s: %s %s is no resource of Istio's: %w",
				each.origin, each.Kind, each.Metadata.Name, err))
			continue
		}
		if err := validate(parsed[0]); err != nil {
			problems = append(problems, fmt.Errorf("%s: %s %s: %w",
				each.origin, each.Kind, each.Metadata.Name, err))
		}
		configs = append(configs, parsed[0])
	}
	return configs, errors.Join(problems...)
}

func validate(resource config.Config) error {
	schema, known := collections.Pilot.FindByGroupVersionKind(resource.GroupVersionKind)
	if !known {
		return errors.New("of no kind that Istio's control plane reads")
	}
	warning, err := schema.ValidateConfig(resource)
	if err != nil {
		return err
	}
	if warning != nil && !strings.HasPrefix(warning.Error(), inherent) {
		return fmt.Errorf("warning: %w", warning)
	}
	if resource.Namespace == "" || strings.Contains(resource.Name, " ") {
		return errors.New("needs a name and a namespace")
	}
	return nil
}
