"""Closed JSON schemas for kubeconform.

schemas.py native FROM TO        kubernetes-validate's own, made to refer to each other by file
schemas.py crds TO FILE...       of custom resource definitions: TO/group/kind_version.json
"""
import glob, json, os, sys, yaml


def native(source, target):
    for path in glob.glob(os.path.join(source, "*.json")):
        with open(path) as file:
            schema = json.loads(file.read().replace('"/api/_definitions.json#', '"_definitions.json#'))
        schema.pop("$id", None)
        with open(os.path.join(target, os.path.basename(path)), "w") as file:
            json.dump(schema, file)


def close(schema):
    if not isinstance(schema, dict):
        return
    if schema.get("x-kubernetes-int-or-string"):
        schema.pop("type", None)
        schema["anyOf"] = [{"type": "integer"}, {"type": "string"}]
    elif (schema.get("type") == "object" and "properties" in schema and "additionalProperties" not in schema
          and not schema.get("x-kubernetes-preserve-unknown-fields")):
        schema["additionalProperties"] = False
    if schema.get("nullable") and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    for inner in schema.get("properties", {}).values():
        close(inner)
    for key in ("items", "additionalProperties"):
        close(schema.get(key))


def crds(target, files):
    for path in files:
        with open(path) as file:
            for document in yaml.safe_load_all(file):
                if document and document.get("kind") == "CustomResourceDefinition":
                    crd(target, document["spec"])


def crd(target, spec):
    folder = os.path.join(target, spec["group"])
    os.makedirs(folder, exist_ok=True)
    for version in spec["versions"]:
        schema = version["schema"]["openAPIV3Schema"]
        close(schema)
        properties = schema.setdefault("properties", {})
        properties.setdefault("apiVersion", {"type": "string"})
        properties.setdefault("kind", {"type": "string"})
        properties["metadata"] = {"type": "object"}
        if schema.get("type") == "object" and not schema.get("x-kubernetes-preserve-unknown-fields"):
            schema["additionalProperties"] = False
        name = "%s_%s.json" % (spec["names"]["kind"].lower(), version["name"])
        with open(os.path.join(folder, name), "w") as file:
            json.dump(schema, file)


if sys.argv[1] == "native":
    native(*sys.argv[2:])
else:
    crds(sys.argv[2], sys.argv[3:])
