// Package imports holds the test of the picture in CONTRIBUTING.md: which
// package may know which.
package imports

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// layers lists the packages from the bottom up with the only packages of this
// module that each may import. A package that is not listed fails the test.
var layers = []struct {
	pkg     string
	imports string
}{
	{"doc", ""},
	{"reading", "doc"},
	{"conllu", "doc"},
	{"weights", ""},
	{"nn", ""},
	{"linear", "weights"},
	{"lang/form", ""},
	{"lang/text", "doc weights nn"},
	{"lang/vector", "weights linear lang/form"},
	{"lang/tag", "doc weights linear lang/form"},
	{"lang/encode", "doc weights nn linear lang/form lang/vector"},
	{"lang/name", "doc weights linear lang/form lang/vector"},
	{"lang/when", "doc"},
	{"registry", ""},
	{"codebook/cameo", ""},
	{"codebook/plover", ""},
	{"codebook/petrarch", "registry"},
	{"news/actor", "doc registry"},
	{"news/statement/label", "doc weights nn linear"},
	{"news/statement", "doc registry weights nn linear news/statement/label"},
	{"news/event", "doc registry codebook/cameo codebook/plover codebook/petrarch"},
	{"news/issue", "doc registry"},
	{"news/factuality", "doc"},
	{"models", "weights"},
	{"pieces", "doc"},
	{"readout", "doc conllu weights nn lang/text lang/tag lang/vector lang/encode lang/name lang/when registry codebook/cameo codebook/plover codebook/petrarch news/actor news/statement news/event news/issue models pieces"},
	{"view", "reading"},
	{"ingest/page", ""},
	{"ingest/feed", "ingest/page"},
	{"ingest/warc", ""},
	{"ingest/pdf", ""},
	{"ingest/fetch", ""},
	{"ingest", "readout ingest/page ingest/feed ingest/warc ingest/fetch"},
	{"internal/flock", ""},
	{"ingest/watch", "readout ingest ingest/feed ingest/fetch ingest/page internal/flock"},
	{"examples", ""},
	{"record/join", "reading registry"},
	{"record", "doc reading registry record/join"},
	{"store/storetest", "record record/join"},
	{"store/sqlite", "record record/join"},
	{"store/postgres", "record record/join"},
	{"store/postgres/pgtest", ""},
	{"ingest/queue", "readout reading record"},
	{"ingest/queue/nats", "ingest/queue internal/flock"},
	{"ingest/queue/natstest", ""},
	{"note", "reading registry doc"},
	{"sheet", "record"},
	{"mcp", "record sheet"},
	{"web/draw", ""},
	{"web/account", ""},
	{"web", "reading record registry sheet export web/draw web/account"},
	{"web/hook", "record sheet ingest/fetch"},
	{"export", "record sheet codebook/cameo codebook/plover"},
	{"eval/corpus", "reading registry"},
	{"eval", "readout ingest record eval/corpus doc reading examples conllu weights nn lang/text lang/tag lang/encode lang/name lang/when registry news/actor news/statement news/event news/issue news/factuality models"},
	{"train", "readout registry doc conllu weights nn linear lang/form lang/text lang/tag lang/vector lang/encode lang/name news/statement news/statement/label models eval"},
	{"cmd/readout", "*"},
	{"internal/golden", ""},
	{"internal/termsvg", ""},
	{"internal/faults", ""},
	{"deploy", ""},
	{"internal/imports", ""},
}

// drivers must not be reachable from the front door: whoever embeds the reader
// gets no database, no queue and no server.
var drivers = []string{"database/sql", "net/http", "modernc.org/", "github.com/jackc/", "github.com/nats-io/", "github.com/spf13/cobra"}

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func list(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "readout/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

func short(path string) string {
	return strings.TrimPrefix(path, "readout/") // the root package stays "readout"
}

func TestImports(t *testing.T) {
	allowed := map[string]map[string]bool{}
	for _, l := range layers {
		allowed[l.pkg] = map[string]bool{}
		for _, i := range strings.Fields(l.imports) {
			allowed[l.pkg][i] = true
		}
	}
	for _, p := range list(t) {
		name := short(p.ImportPath)
		may, ok := allowed[name]
		if !ok {
			t.Errorf("%s has no place in the picture: add it to layers and to CONTRIBUTING.md", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			if i != "readout" && !strings.HasPrefix(i, "readout/") {
				continue
			}
			if s := short(i); !may["*"] && !may[s] {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
		}
		if name == "readout" {
			for _, dep := range p.Deps {
				for _, d := range drivers {
					if dep == d || strings.HasSuffix(d, "/") && strings.HasPrefix(dep, d) {
						t.Errorf("the front door reaches %s", dep)
					}
				}
			}
		}
	}
}
