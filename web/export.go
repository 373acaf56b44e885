package web

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"

	"readout/export"
	"readout/record"
)

// exportTypes are the media types of the formats; the others are tables with
// tabs.
var exportTypes = map[string]string{
	"jsonl": "application/jsonl; charset=utf-8", "csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet", "plover": "application/jsonl; charset=utf-8",
	"polecat": "text/tab-separated-values; charset=utf-8", "ics": "text/calendar; charset=utf-8", "graphml": "application/graphml+xml",
}

// started notes whether something was written.
type started struct {
	http.ResponseWriter
	yes bool
}

func (s *started) Write(b []byte) (int, error) {
	s.yes = true
	return s.ResponseWriter.Write(b)
}

// export writes the record in a format of package export, or as lines of JSON,
// as it is read: nothing is held.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	a := s.ask(r)
	if err := a.check([]string{"table", "since", "all"}); err != nil {
		s.fail(w, r, err)
		return
	}
	name, table := r.PathValue("format"), a.form.Get("table")
	f, ok := export.Lookup(name)
	switch {
	case !ok && name != "jsonl":
		s.fail(w, r, problem{Status: http.StatusNotFound, Detail: "no format " + name + ": docs/export.md has them all"})
		return
	case table != "" && (!f.Tables || !slices.Contains(export.TableNames(), table)):
		s.fail(w, r, bad("table: csv, tsv and parquet have the tables of docs/export.md"))
		return
	}
	kind := exportTypes[name]
	if kind == "" {
		kind = "text/tab-separated-values; charset=utf-8"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", `attachment; filename="`+exportName(name, table)+`"`)
	out := &started{ResponseWriter: w}
	if err := s.exportTo(out, r, a, name, table); err != nil {
		if out.yes { // what is there is not whole, and must not pass for it
			panic(http.ErrAbortHandler)
		}
		h.Del("Content-Disposition")
		s.fail(w, r, err)
	}
}

func exportName(format, table string) string {
	if table == "" {
		table = "readout"
	}
	return table + "." + format
}

func (s *Server) exportTo(w io.Writer, r *http.Request, a *ask, format, table string) error {
	ctx := r.Context()
	if format == "jsonl" {
		q := a.q
		return s.c.Ledger.Export(ctx, w, record.ExportConfig{Query: q})
	}
	all := a.q.All
	return s.c.Ledger.Scan(ctx, a.q, func(scan *record.Scan) error {
		_, err := export.Write(ctx, w, scan, export.Config{Format: format, Table: table, All: all})
		return err
	})
}

// tableNames are what the rows of tables are, for people.
var tableNames = map[string]string{"events": "Events", "statements": "Statements", "claims": "Claims", "positions": "Positions", "witnesses": "Who reports it", "articles": "Articles", "mentions": "Accounts", "participants": "Who takes part"}

// in is the address of this page in a form.
func (a *ask) in(form string, pairs ...string) string {
	path, query, ok := strings.Cut(a.with(pairs...), "?")
	if path == "/" {
		path = "/state"
	}
	if path += "." + form; ok {
		path += "?" + query
	}
	return path
}

// forms are the forms in which a view can be had: tables, a calendar, pictures,
// texts, JSON, each with the filters and the moment of the page.
func (a *ask) forms(p *page) []link {
	var out []link
	if p.Rows != nil {
		out = append(out, link{URL: a.in(formCSV), Name: "CSV"})
	}
	for i, t := range p.Tables {
		u := a.in(formCSV)
		if i > 0 {
			u = a.in(formCSV, "table", t)
		}
		out = append(out, link{URL: u, Name: tableNames[t] + " as CSV"})
	}
	if p.Of != nil && p.Of.Events != nil {
		out = append(out, link{URL: a.in(formICS), Name: "What is planned as iCalendar"})
	}
	return append(append(out, p.Exports...), link{URL: a.in(formJSON), Name: "JSON"})
}

// exportView writes what a view has as a table or a calendar.
func (s *Server) exportView(ctx context.Context, w http.ResponseWriter, a *ask, p *page) {
	table := cmp.Or(a.form.Get("table"), append(p.Tables, "")[0])
	var b bytes.Buffer
	var err error
	switch {
	case a.as == formCSV && p.Rows != nil && a.form.Get("table") == "":
		head, rows := p.Rows()
		err = export.CSV(&b, head, rows)
	case p.Of == nil || a.as == formICS && p.Of.Events == nil:
		err = problem{Status: http.StatusNotFound, Detail: "this page is not to be had as " + a.as}
	case a.as == formCSV && !slices.Contains(export.TableNames(), table):
		err = bad("table: one of " + strings.Join(export.TableNames(), ", "))
	default:
		err = s.c.Ledger.Scan(ctx, a.q, func(scan *record.Scan) error {
			_, err := export.Write(ctx, &b, scan.Only(*p.Of), export.Config{Format: a.as, Table: table})
			return err
		})
	}
	if err != nil {
		s.fail(w, a.r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", exportTypes[a.as])
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Content-Disposition", `attachment; filename="`+downloadName(a.path(), a.as)+`"`)
	send(w, a.r, b.Bytes())
}

// downloadName is what a page is called on a disk: "event-e8cd8why.csv".
func downloadName(path, form string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '-'
	}, strings.Trim(path, "/"))
	return cmp.Or(name, "state") + "." + form
}

// idsOf are the ids of what a list has.
func idsOf[T any](list []T, id func(T) string) []string {
	out := []string{}
	for _, x := range list {
		out = append(out, id(x))
	}
	return out
}

func eventIDs(lists ...[]*record.Event) []string {
	return idsOf(slices.Concat(lists...), func(e *record.Event) string { return e.ID })
}

func statementIDs(list []*record.Statement) []string {
	return idsOf(list, func(s *record.Statement) string { return s.ID })
}
