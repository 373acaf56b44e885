package draw

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// style is how something is drawn: properties of style sheets by their names.
type style map[string]string

// rule is a rule of Style: for what has an element's name, or all classes.
type rule struct {
	element string
	classes []string
	style   style
}

// styles are the rules, those that count more last.
type styles []rule

// styleSheet reads Style: the rules for light paper, of what is not pointed at.
var styleSheet = sync.OnceValues(func() (styles, error) { return parseStyle(Style) })

func parseStyle(text string) (styles, error) {
	var out styles
	vars := style{}
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		head, rest, ok := strings.Cut(text, "{")
		if !ok {
			return nil, fmt.Errorf("style: %.30q is no rule", text)
		}
		if strings.HasPrefix(head, "@") { // for dark paper: not here
			_, text, ok = strings.Cut(rest, "\n}")
			if !ok {
				return nil, fmt.Errorf("style: %s does not end", head)
			}
			continue
		}
		body, after, ok := strings.Cut(rest, "}")
		if !ok {
			return nil, fmt.Errorf("style: %s does not end", head)
		}
		text = after
		st := style{}
		for d := range strings.SplitSeq(body, ";") {
			if name, value, ok := strings.Cut(d, ":"); ok {
				st[strings.TrimSpace(name)] = strings.TrimSpace(value)
			}
		}
		for sel := range strings.SplitSeq(head, ",") {
			sel = strings.TrimSpace(sel)
			if strings.Contains(sel, ":") { // what is pointed at
				continue
			}
			of, ok := strings.CutPrefix(sel, ".drawn")
			if !ok {
				return nil, fmt.Errorf("style: %q is not of a picture", sel)
			}
			name, classes, _ := strings.Cut(strings.TrimSpace(of), ".")
			r := rule{element: name, style: st}
			if classes != "" {
				r.classes = strings.Split(classes, ".")
			}
			out = append(out, r)
		}
		if strings.TrimSpace(head) == ".drawn" {
			vars = st
		}
	}
	for _, r := range out {
		for name, v := range r.style {
			if of, ok := strings.CutPrefix(v, "var("); ok {
				r.style[name] = vars[strings.TrimSuffix(of, ")")]
			}
		}
	}
	slices.SortStableFunc(out, func(a, b rule) int { return cmp.Compare(len(a.classes), len(b.classes)) })
	return out, nil
}

// of is the style of an element with classes.
func (s styles) of(element, classes string) style {
	have := strings.Fields(classes)
	out := style{}
	for _, r := range s {
		if r.element != "" && r.element != element || slices.ContainsFunc(r.classes, func(c string) bool { return !slices.Contains(have, c) }) {
			continue
		}
		for name, v := range r.style {
			out[name] = v
		}
	}
	return out
}

// color is a property that is a colour; none where it is not set.
func (s style) color(name string) (color.RGBA, error) {
	v := s[name]
	if v == "" || v == "none" {
		return transparent, nil
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(v, "#"), 16, 32)
	if err != nil || len(v) != 7 {
		return transparent, fmt.Errorf("%s: %q is no colour", name, v)
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}, nil
}

// number is a property that is a number, in px or em as it stands.
func (s style) number(name string, otherwise float64) float64 {
	v, err := strconv.ParseFloat(strings.TrimRight(s[name], "pxem"), 64)
	if err != nil {
		return otherwise
	}
	return v
}
