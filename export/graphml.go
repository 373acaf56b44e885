package export

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"readout/record"
)

// The graph of who met whom (http://graphml.graphdrawing.org): a node for each
// actor that took part in a meeting, call, visit, talks or another encounter that
// took place, an edge for each pair that took part in one together. A visitor
// meets the country of the place where no host is told. Who only organised, was
// invited or absent met nobody.

// graphKeys are the attributes of nodes and edges, with their types.
var graphKeys = []struct{ id, of, name, kind string }{
	{"name", "node", "name", "string"},
	{"kind", "node", "kind", "string"},
	{"country", "node", "country", "string"},
	{"code", "node", "code", "string"},
	{"side", "node", "side", "string"},
	{"encounters", "node", "encounters", "int"},
	{"weight", "edge", "weight", "int"},
	{"meetings", "edge", "meetings", "int"},
	{"calls", "edge", "calls", "int"},
	{"first", "edge", "first", "string"},
	{"last", "edge", "last", "string"},
	{"events", "edge", "events", "string"},
}

type graphNode struct {
	id, name, kind, country, code, side string
	n                                   int
}

type graphEdge struct {
	meetings, calls int
	first, last     string
	events          []string
}

func graphml(ctx context.Context, w io.Writer, s *record.Scan, c Config) (Left, error) {
	left := Left{Why: "the graph has those who met, not those who mean to"}
	nodes, edges := map[string]*graphNode{}, map[[2]string]*graphEdge{}
	for e, err := range s.Events(ctx) {
		if err != nil {
			return left, err
		}
		if !e.Encounter() {
			continue
		}
		if !c.All && !happened(e.Status.Value) {
			left.status(e.Status.Value)
			continue
		}
		who := met(s, e)
		for i, a := range who {
			if nodes[a.id] == nil {
				nodes[a.id] = a
			}
			n := nodes[a.id]
			if n.n++; len(a.name) > len(n.name) || len(a.name) == len(n.name) && a.name < n.name {
				n.name = a.name
			}
			n.country, n.code, n.side = least(n.country, a.country), least(n.code, a.code), least(n.side, a.side)
			for _, b := range who[i+1:] {
				pair := [2]string{a.id, b.id} // who is sorted
				if edges[pair] == nil {
					edges[pair] = &graphEdge{}
				}
				edges[pair].add(e)
			}
		}
	}
	left.Rows = len(nodes) + len(edges)
	return left, writeGraph(w, nodes, edges)
}

func (g *graphEdge) add(e *record.Event) {
	if e.Kind == "call" {
		g.calls++
	} else {
		g.meetings++
	}
	d := day(e)
	if d != "" && (g.first == "" || d < g.first) {
		g.first = d
	}
	g.last = max(g.last, d)
	g.events = append(g.events, e.ID)
}

// least is the value that holds where several are told: the first by name, ""
// last.
func least(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// met are those who took part in an encounter, by id. Who is only described is
// nobody that could be met again, and left out.
func met(s *record.Scan, e *record.Event) []*graphNode {
	var out []*graphNode
	host := false
	for _, p := range e.Participants {
		switch p.As {
		case "organiser", "invited", "drafter", "absent":
			continue
		}
		host = host || p.As == "host" || p.Side == e.Country && p.As != "visitor"
		if p.Key != "" && !slices.ContainsFunc(out, func(n *graphNode) bool { return n.id == p.Key }) {
			out = append(out, &graphNode{id: p.Key, name: p.Name, kind: p.Kind, country: p.Country, code: p.Code, side: p.Side})
		}
	}
	if e.Kind == "visit" && e.Country != "" && !host && !slices.ContainsFunc(out, func(n *graphNode) bool { return n.id == e.Country }) {
		out = append(out, &graphNode{id: e.Country, name: s.SideName(e.Country), kind: "country", country: e.Country, code: e.Country, side: e.Country})
	}
	slices.SortFunc(out, func(a, b *graphNode) int { return strings.Compare(a.id, b.id) })
	return out
}

func writeGraph(w io.Writer, nodes map[string]*graphNode, edges map[[2]string]*graphEdge) error {
	p := &printer{w: w}
	p.print(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, k := range graphKeys {
		p.print(fmt.Sprintf("  <key id=%q for=%q attr.name=%q attr.type=%q/>\n", k.id, k.of, k.name, k.kind))
	}
	p.print("  <graph id=\"met\" edgedefault=\"undirected\">\n")
	for _, id := range sortedKeys(nodes, strings.Compare) {
		n := nodes[id]
		p.open("node", "id", n.id)
		p.data("name", n.name)
		p.data("kind", n.kind)
		p.data("country", n.country)
		p.data("code", n.code)
		p.data("side", n.side)
		p.data("encounters", strconv.Itoa(n.n))
		p.print("    </node>\n")
	}
	for _, pair := range sortedKeys(edges, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		g := edges[pair]
		p.open("edge", "source", pair[0], "target", pair[1])
		p.data("weight", strconv.Itoa(g.meetings+g.calls))
		p.data("meetings", strconv.Itoa(g.meetings))
		p.data("calls", strconv.Itoa(g.calls))
		p.data("first", g.first)
		p.data("last", g.last)
		slices.Sort(g.events)
		p.data("events", strings.Join(g.events, " "))
		p.print("    </edge>\n")
	}
	p.print("  </graph>\n</graphml>\n")
	return p.err
}

func sortedKeys[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, compare)
	return out
}

// printer writes XML until an error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) print(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

func (p *printer) open(tag string, attrs ...string) {
	p.print("    <" + tag)
	for i := 0; i < len(attrs); i += 2 {
		p.print(" " + attrs[i] + `="` + escape(attrs[i+1]) + `"`)
	}
	p.print(">\n")
}

func (p *printer) data(key, value string) {
	if value != "" {
		p.print(`      <data key="` + key + `">` + escape(value) + "</data>\n")
	}
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes all
	return b.String()
}
