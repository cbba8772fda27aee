package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// property is one argument or output of a resource, as the package publishes it.
type property struct {
	Name     string
	Required bool
	Argument bool
	// Type is string, number, boolean, list, map or block; anything else that is computed is dynamic.
	Type  string
	Many  bool
	Block []property
}

var (
	field     = regexp.MustCompile(`^\s*(readonly )?([a-zA-Z0-9]+)(\?)?: (.*)$`)
	reference = regexp.MustCompile(`(?:inputs|outputs)\.([a-zA-Z0-9]+)\.([a-zA-Z0-9]+)`)
)

// singular are lists whose published name is a plural that the provider does not have; nothing published says so.
var singular = map[string]string{
	"lifecycle_rules": "lifecycle_rule", "expirations": "expiration", "transitions": "transition",
	"noncurrent_version_expirations": "noncurrent_version_expiration", "cors_rules": "cors_rule",
	"ip_address_lists": "ip_address_list",
}

// reader turns the type declarations of one npm package into properties.
type reader struct {
	folder string
	inputs map[string][]string
}

func newReader(folder string) (*reader, error) {
	text, err := os.ReadFile(filepath.Join(folder, "types/input.d.ts"))
	if os.IsNotExist(err) {
		return &reader{folder: folder, inputs: map[string][]string{}}, nil
	}
	if err != nil {
		return nil, err
	}
	inputs := map[string][]string{}
	var space, name string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(trimmed, "export declare namespace "):
			space = strings.Fields(trimmed)[3]
		case strings.HasPrefix(line, "    interface "):
			name = space + "." + strings.Fields(trimmed)[1]
		case line == "    }":
			name = ""
		case name != "":
			inputs[name] = append(inputs[name], line)
		}
	}
	return &reader{folder: folder, inputs: inputs}, nil
}

// resource reads what a resource takes and what it gives.
func (r *reader) resource(path string) ([]property, error) {
	text, err := os.ReadFile(filepath.Join(r.folder, path+".d.ts"))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(text), "\n")
	arguments := r.properties(section(lines, regexp.MustCompile(`^export interface \w+Args \{`)), 0)
	if len(arguments) == 0 {
		return nil, fmt.Errorf("%s has no arguments", path)
	}
	known := map[string]bool{}
	for index := range arguments {
		arguments[index].Argument = true
		known[arguments[index].Name] = true
	}
	for _, output := range r.properties(section(lines, regexp.MustCompile(`^export declare class \w+ extends`)), 0) {
		if !known[output.Name] {
			output.Block, output.Required = nil, false
			arguments = append(arguments, output)
		}
	}
	return arguments, nil
}

func section(lines []string, head *regexp.Regexp) []string {
	for start, line := range lines {
		if head.MatchString(line) {
			for end := start + 1; end < len(lines); end++ {
				if lines[end] == "}" {
					return lines[start+1 : end]
				}
			}
		}
	}
	return nil
}

func (r *reader) properties(lines []string, depth int) []property {
	var found []property
	inComment := false
	for index, line := range lines {
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "/*") {
			inComment = true
		}
		if !inComment {
			if match := field.FindStringSubmatch(line); match != nil && strings.Contains(match[4], "pulumi.") {
				declared := match[4]
				if !strings.HasSuffix(declared, ";") && index+2 < len(lines) {
					declared += lines[index+1] + lines[index+2]
				}
				found = append(found, r.property(match[2], match[3] == "", declared, depth))
			}
		}
		if strings.Contains(trimmed, "*/") {
			inComment = false
		}
	}
	return found
}

func (r *reader) property(name string, required bool, declared string, depth int) property {
	made := property{Name: snake(name), Required: required, Argument: depth > 0}
	switch {
	case strings.Contains(declared, "[key: string]"):
		made.Type = "map"
	case reference.MatchString(declared):
		match := reference.FindStringSubmatch(declared)
		made.Type = "block"
		made.Many = strings.Contains(declared, "[]")
		if depth < 4 {
			made.Block = r.properties(r.inputs[match[1]+"."+match[2]], depth+1)
		}
	case strings.Contains(declared, "[]"):
		made.Type = "list"
	case strings.Contains(declared, "<number"):
		made.Type = "number"
	case strings.Contains(declared, "<boolean"):
		made.Type = "boolean"
	default:
		made.Type = "string"
	}
	if name, ok := singular[made.Name]; ok {
		made.Name = name
	}
	return made
}

// snake is the provider's spelling of a published name.
func snake(camel string) string {
	var out strings.Builder
	for _, letter := range camel {
		if unicode.IsUpper(letter) {
			out.WriteByte('_')
			letter = unicode.ToLower(letter)
		}
		out.WriteRune(letter)
	}
	return out.String()
}
