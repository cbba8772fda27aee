package main

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// block is Terraform's form of the properties; a resource has an id, a nested block has none.
func block(properties []property, isResource bool) *tfprotov5.SchemaBlock {
	made := &tfprotov5.SchemaBlock{}
	if isResource {
		properties = append([]property{{Name: "id", Type: "string"}}, properties...)
	}
	seen := map[string]bool{}
	for _, each := range properties {
		if seen[each.Name] {
			continue
		}
		seen[each.Name] = true
		if each.Type == "block" && each.Argument {
			made.BlockTypes = append(made.BlockTypes, nested(each))
			continue
		}
		made.Attributes = append(made.Attributes, &tfprotov5.SchemaAttribute{
			Name:     each.Name,
			Type:     typeOf(each),
			Required: each.Argument && each.Required,
			Optional: each.Argument && !each.Required,
			Computed: !each.Argument || (isResource && !each.Required),
		})
	}
	return made
}

func nested(each property) *tfprotov5.SchemaNestedBlock {
	made := &tfprotov5.SchemaNestedBlock{
		TypeName: each.Name, Block: block(each.Block, false), Nesting: tfprotov5.SchemaNestedBlockNestingModeList,
	}
	if each.Required {
		made.MinItems = 1
	}
	if !each.Many {
		made.MaxItems = 1
	}
	return made
}

func typeOf(each property) tftypes.Type {
	switch each.Type {
	case "string":
		return tftypes.String
	case "number":
		return tftypes.Number
	case "boolean":
		return tftypes.Bool
	case "list":
		return tftypes.List{ElementType: tftypes.String}
	case "map":
		return tftypes.Map{ElementType: tftypes.String}
	default:
		return tftypes.DynamicPseudoType
	}
}
