package web

import (
	"io"
	"net/http"
	"slices"

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
