// Command chaosvalidate judges documents as Chaos Mesh would when they are applied: by its own types, decoded strictly,
// and by its own defaulting and validating webhooks. What its CRD schema says is kubeconform's to judge; either lets
// through what the other finds.
//
//	chaosvalidate FILE...
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/chaos-mesh/chaos-mesh/api/v1alpha1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

func main() {
	scheme := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		panic(err)
	}
	failed := false
	for _, path := range os.Args[1:] {
		if err := judge(scheme, path); err != nil {
			fmt.Println(err)
			failed = true
		}
	}
	if failed || len(os.Args) == 1 {
		os.Exit(1)
	}
}

// judge reads every document of a file and gathers what is wrong with any.
func judge(scheme *runtime.Scheme, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var wrong []error
	reader := utilyaml.NewYAMLReader(bufio.NewReader(file))
	for {
		document, err := reader.Read()
		if err == io.EOF {
			return errors.Join(wrong...)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if name, err := check(scheme, document); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %s: %w", path, name, err))
		}
	}
}

func check(scheme *runtime.Scheme, document []byte) (name string, err error) {
	defer func() { // some webhooks follow nil, like a Schedule's whose type has no body
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("the webhook panicked: %v", panicked)
		}
	}()
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Metadata   struct {
			Name string `json:"name"`
		} `json:"metadata"`
	}
	if err := yaml.Unmarshal(document, &head); err != nil {
		return "unreadable", err
	}
	name = head.Kind + "/" + head.Metadata.Name
	object, err := scheme.New(schema.FromAPIVersionAndKind(head.APIVersion, head.Kind))
	if err != nil {
		return name, err
	}
	if err := decode(document, object); err != nil {
		return name, err
	}
	if defaulter, ok := object.(webhook.CustomDefaulter); ok {
		if err := defaulter.Default(context.Background(), object); err != nil {
			return name, err
		}
	}
	validator, ok := object.(webhook.CustomValidator)
	if !ok {
		return name, errors.New("this kind has no webhook to judge it")
	}
	_, err = validator.ValidateCreate(context.Background(), object)
	return name, err
}

// decode reads a document as the API server does. The yaml module's own way into types fills optional fields whose name
// occurs deeper: a bandwidth's rate makes an empty netem rate, which the webhook then refuses.
func decode(document []byte, object runtime.Object) error {
	text, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return err
	}
	strict, err := json.UnmarshalStrict(text, object)
	if err != nil {
		return err
	}
	return errors.Join(strict...)
}
