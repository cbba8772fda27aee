package main

import (
	"path/filepath"
	"testing"

	"github.com/chaos-mesh/chaos-mesh/api/v1alpha1"
	"k8s.io/apimachinery/pkg/runtime"
)

// Found by the CRD schema alone; kubeconform has them in ./gateway lint.
var schemaAlone = map[string]bool{
	"net-action.yaml":               true,
	"pod-action.yaml":               true,
	"pod-graceperiod-negative.yaml": true,
}

func TestAcceptsWhatIsGoodAndNothingElse(t *testing.T) {
	scheme := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	if err := judge(scheme, "testdata/good.yaml"); err != nil {
		t.Error(err)
	}
	bad, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(bad) == 0 {
		t.Fatal("there are no bad documents", err)
	}
	for _, path := range bad {
		if err := judge(scheme, path); (err != nil) == schemaAlone[filepath.Base(path)] {
			t.Errorf("%s: %v", path, err)
		}
	}
}
