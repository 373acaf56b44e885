package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/parquet-go/parquet-go"

	"readout/export"
	"readout/record"
)

var update = flag.Bool("update", false, "rewrite testdata")

func write(tb testing.TB, l *record.Ledger, q record.Query, c export.Config) (string, export.Left) {
	tb.Helper()
	if q.AsOf.IsZero() {
		q.AsOf = noon
	}
	var b bytes.Buffer
	var left export.Left
	err := l.Scan(tb.Context(), q, func(s *record.Scan) (err error) {
		left, err = export.Write(tb.Context(), &b, s, c)
		return err
	})
	if err != nil {
		tb.Fatalf("%+v: %v", c, err)
	}
	return b.String(), left
}

// everything is every format, and of those with tables every table.
func everything() []export.Config {
	var out []export.Config
	for _, f := range export.Formats() {
		if !f.Tables {
			out = append(out, export.Config{Format: f.Name})
			continue
		}
		for _, t := range export.TableNames() {
			out = append(out, export.Config{Format: f.Name, Table: t})
		}
	}
	return out
}

func name(c export.Config) string {
	if c.Table != "" {
		return c.Table + "." + c.Format
	}
	return "out." + c.Format
}

// TestGolden compares all but Parquet with files that are read by eye.
func TestGolden(t *testing.T) {
	l := ledger(t, small...)
	for _, c := range everything() {
		if c.Format == "parquet" || c.Format == "tsv" {
			continue
		}
		got, left := write(t, l, record.Query{}, c)
		if s := left.String(); s != "" {
			got += "\n# " + s + "\n"
		}
		file := filepath.Join("testdata", name(c))
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: %s", file, firstDifference(got, string(want)))
		}
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + "\nwant\n" + b[i]
		}
	}
	return "one is longer"
}

// TestAnyOrder: the same articles give the same bytes in every format, in
// whatever order and however often they were added.
func TestAnyOrder(t *testing.T) {
	l := ledger(t, small...)
	want := map[string]string{}
	for _, c := range everything() {
		want[name(c)], _ = write(t, l, record.Query{}, c)
	}
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 9))
		mixed := append(slices.Clone(small), small[rng.IntN(len(small))])
		rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		l := ledger(t, mixed...)
		for _, c := range everything() {
			if got, _ := write(t, l, record.Query{}, c); got != want[name(c)] {
				t.Errorf("order %d: %s is another: %s", seed, name(c), firstDifference(got, want[name(c)]))
			}
		}
	}
}

// TestEmpty: a record without articles gives headers, and files that are whole.
func TestEmpty(t *testing.T) {
	l := ledger(t)
	for _, c := range everything() {
		got, left := write(t, l, record.Query{}, c)
		lines := strings.Count(got, "\n")
		want := 0
		switch c.Format {
		case "csv", "tsv", "icews", "polecat":
			want = 1
		case "parquet", "ics", "graphml":
			want = lines
		}
		if lines != want || left.Rows != 0 || left.String() != "" {
			t.Errorf("%s: %d lines, want %d: %q, left %q", name(c), lines, want, got, left)
		}
	}
}

// rows reads a table with a header.
func rows(tb testing.TB, text string) []map[string]string {
	tb.Helper()
	list, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var out []map[string]string
	for _, r := range list[1:] {
		m := map[string]string{}
		for i, name := range list[0] {
			m[name] = r[i]
		}
		out = append(out, m)
	}
	return out
}

// TestTablesJoin: every key of a table is one of the table that it names.
func TestTablesJoin(t *testing.T) {
	l := ledger(t, small...)
	ids := map[string]map[string]bool{"events": {}, "statements": {}, "articles": {}}
	key := map[string]string{"events": "event", "statements": "statement", "articles": "article"}
	all := map[string][]map[string]string{}
	for _, table := range export.TableNames() {
		text, _ := write(t, l, record.Query{}, export.Config{Format: "csv", Table: table})
		all[table] = rows(t, text)
		for _, r := range all[table] {
			if ids[table] != nil {
				if ids[table][r[key[table]]] {
					t.Errorf("%s: %s stands twice", table, r[key[table]])
				}
				ids[table][r[key[table]]] = true
			}
		}
	}
	for table, list := range all {
		if len(list) == 0 {
			t.Errorf("%s has no rows: the record is too small", table)
		}
		for _, r := range list {
			for column, of := range map[string]string{"event": "events", "waits_for": "events", "statement": "statements", "article": "articles", "origin": "articles"} {
				if v := r[column]; v != "" && !ids[of][v] {
					t.Errorf("%s: %s %q is not in %s", table, column, v, of)
				}
			}
		}
	}
	if w := all["conditions"][0]["waits_for"]; w == "" {
		t.Error("the trip does not wait for the meeting")
	}
}

// TestInert: nothing in a CSV begins like a formula, and what is quoted comes
// back whole.
func TestInert(t *testing.T) {
	text, _ := write(t, ledger(t, small...), record.Query{}, export.Config{Format: "csv", Table: "articles"})
	found := false
	for _, r := range rows(t, text) {
		found = found || r["outlet"] == `'=Herald, "Daily"` && r["title"] == "Tabs\tand\nlines"
	}
	if !found {
		t.Errorf("the outlet or title did not come back from\n%s", text)
	}
	text, _ = write(t, ledger(t, small...), record.Query{}, export.Config{Format: "tsv", Table: "articles"})
	if !strings.Contains(text, "\t=Herald, \"Daily\"\tTabs and lines\t") {
		t.Errorf("no tab in a cell: %q", text)
	}
}

// TestColumns: the tables of the field have as many columns as they ought to, in
// every row.
func TestColumns(t *testing.T) {
	l := ledger(t, small...)
	for format, want := range map[string]int{"gdelt": 61, "gdelt1": 58, "gdelt-mentions": 16, "icews": 20, "polecat": 40, "petrarch": 9} {
		text, left := write(t, l, record.Query{}, export.Config{Format: format, All: true})
		if left.Rows < 5 {
			t.Errorf("%s has %d rows", format, left.Rows)
		}
		for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			if n := strings.Count(line, "\t") + 1; n != want {
				t.Errorf("%s: %d columns, want %d: %q", format, n, want, line)
			}
		}
	}
}

// gdelt reads the pairs of a GDELT table: actor, code, actor.
func gdelt(text string) []string {
	var out []string
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if f := strings.Split(line, "\t"); len(f) == 61 {
			out = append(out, f[5]+" "+f[26]+" "+f[15])
		}
	}
	slices.Sort(out)
	return out
}

// TestPairs: what has a direction keeps it, what is mutual is told from each
// side, and what has not happened is left out and counted.
func TestPairs(t *testing.T) {
	l := ledger(t, small...)
	text, left := write(t, l, record.Query{}, export.Config{Format: "gdelt"})
	want := []string{
		"DEUGOV 040 FRAGOV", "DEUGOV 040 GBRGOV", "FRAGOV 040 DEUGOV", "FRAGOV 040 GBRGOV", "GBRGOV 040 DEUGOV", "GBRGOV 040 FRAGOV", // three meet
		"FRAGOV 042 TUR", "TUR 043 FRAGOV", // a visit and its host
		"TURGOV 041 DEUGOV",                      // one calls another
		"RUSMIL 194 UKR",                         // one shells another
		"IGOUNO 045 FRAGOV", "IGOUNO 045 TURGOV", // one mediates for two
	}
	slices.Sort(want)
	if got := gdelt(text); !slices.Equal(got, want) {
		t.Errorf("pairs\n%q\nwant\n%q", got, want)
	}
	if left.Statuses["conditional"] != 1 || left.Statuses["denied"] != 1 || len(left.Statuses) != 2 {
		t.Errorf("left out %v", left.Statuses)
	}
	if s := left.String(); !strings.Contains(s, "no column for status") || !strings.Contains(s, "1 denied") || !strings.Contains(s, "--all") {
		t.Errorf("it is told as %q", s)
	}
	text, _ = write(t, l, record.Query{}, export.Config{Format: "gdelt", All: true})
	if got := gdelt(text); !slices.Contains(got, "IGOUNO 036 TUR") || !slices.Contains(got, "GBRGOV 125 TUR") {
		t.Errorf("with --all there is no intent and no refusal in %q", got)
	}
	// Before it was held, the meeting was an intent.
	text, _ = write(t, l, record.Query{AsOf: time.Date(2023, 3, 2, 0, 0, 0, 0, time.UTC)}, export.Config{Format: "gdelt", All: true})
	if got := gdelt(text); !slices.Contains(got, "FRAGOV 036 DEUGOV") || slices.Contains(got, "FRAGOV 040 DEUGOV") {
		t.Errorf("as of 2 March: %q", got)
	}
}

// TestCalendar reads the calendar again.
func TestCalendar(t *testing.T) {
	l := ledger(t, small...)
	at := record.Query{AsOf: time.Date(2023, 3, 2, 0, 0, 0, 0, time.UTC)}
	text, _ := write(t, l, at, export.Config{Format: "ics"})
	for _, line := range strings.SplitAfter(text, "\r\n") {
		if line = strings.TrimSuffix(line, "\r\n"); len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	cal, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	value := func(e *ics.VEvent, p ics.ComponentProperty) string {
		if got := e.GetProperty(p); got != nil {
			return got.Value
		}
		return ""
	}
	byDay := map[string]*ics.VEvent{}
	for _, e := range cal.Events() {
		byDay[value(e, ics.ComponentPropertyDtStart)] = e
	}
	meeting, trip := byDay["20230310"], byDay["20230320"]
	if len(cal.Events()) != 2 || meeting == nil || trip == nil {
		t.Fatalf("the events are not two in\n%s", text)
	}
	for _, c := range []struct {
		e    *ics.VEvent
		p    ics.ComponentProperty
		want string
	}{
		{meeting, ics.ComponentPropertyStatus, "CONFIRMED"}, {trip, ics.ComponentPropertyStatus, "TENTATIVE"},
		{meeting, ics.ComponentPropertyDtEnd, "20230311"}, {meeting, ics.ComponentPropertySequence, "0"},
		{meeting, ics.ComponentPropertyLastModified, "20230301T080000Z"}, {meeting, ics.ComponentPropertyDtstamp, "20230301T080000Z"},
		{meeting, ics.ComponentPropertySummary, "Meeting: Emmanuel Macron, Olaf Scholz and Rishi Sunak · Geneva, Switzerland"},
		{trip, ics.ComponentPropertyRelatedTo, value(meeting, ics.ComponentPropertyUniqueId)},
	} {
		if got := value(c.e, c.p); got != c.want {
			t.Errorf("%s is %q, want %q", c.p, got, c.want)
		}
	}
	if p := trip.GetProperty(ics.ComponentPropertyRelatedTo); p != nil && !slices.Equal(p.ICalParameters["RELTYPE"], []string{"DEPENDS-ON"}) {
		t.Errorf("RELATED-TO has %v", p.ICalParameters)
	}
	// Put off by a later article, it has the same UID and a higher SEQUENCE.
	off := told{outlet: "Herald", url: "https://herald.example/off", title: "Off", published: "2023-03-04T08:00:00Z", happenings: []happening{
		{sentence: "The meeting of Emmanuel Macron, Olaf Scholz and Rishi Sunak in Geneva on 10 March was cancelled.", kind: "meeting", status: "cancelled", parts: []string{"macron", "scholz", "sunak"}, day: "2023-03-10", place: "Geneva", cameo: "125"},
	}}
	text, _ = write(t, ledger(t, append(slices.Clone(small[:1]), off)...), record.Query{AsOf: time.Date(2023, 3, 5, 0, 0, 0, 0, time.UTC)}, export.Config{Format: "ics"})
	if cal, err = ics.ParseCalendar(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	for _, e := range cal.Events() {
		if value(e, ics.ComponentPropertyDtStart) == "20230310" {
			if value(e, ics.ComponentPropertyUniqueId) != value(meeting, ics.ComponentPropertyUniqueId) || value(e, ics.ComponentPropertySequence) != "1" || value(e, ics.ComponentPropertyStatus) != "CANCELLED" {
				t.Errorf("called off, the event is\n%s", text)
			}
		}
	}
}

// TestGraph reads the graph again: every attribute has a key of its kind, every
// edge two nodes.
func TestGraph(t *testing.T) {
	type data struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	}
	var g struct {
		Keys []struct {
			ID  string `xml:"id,attr"`
			For string `xml:"for,attr"`
		} `xml:"key"`
		Graph struct {
			Nodes []struct {
				ID   string `xml:"id,attr"`
				Data []data `xml:"data"`
			} `xml:"node"`
			Edges []struct {
				Source string `xml:"source,attr"`
				Target string `xml:"target,attr"`
				Data   []data `xml:"data"`
			} `xml:"edge"`
		} `xml:"graph"`
	}
	text, left := write(t, ledger(t, small...), record.Query{}, export.Config{Format: "graphml"})
	if err := xml.Unmarshal([]byte(text), &g); err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, k := range g.Keys {
		keys[k.ID] = k.For
	}
	nodes := map[string]bool{}
	check := func(of string, list []data) map[string]string {
		out := map[string]string{}
		for _, d := range list {
			if keys[d.Key] != of {
				t.Errorf("a %s has %q, whose key is for %q", of, d.Key, keys[d.Key])
			}
			out[d.Key] = d.Value
		}
		return out
	}
	for _, n := range g.Graph.Nodes {
		nodes[n.ID] = true
		if d := check("node", n.Data); d["name"] == "" {
			t.Errorf("node %s has no name", n.ID)
		}
	}
	found := false
	for _, e := range g.Graph.Edges {
		d := check("edge", e.Data)
		if !nodes[e.Source] || !nodes[e.Target] {
			t.Errorf("edge of %s and %s leads nowhere", e.Source, e.Target)
		}
		if e.Source == "olaf-scholz" && e.Target == "recep-tayyip-erdogan" {
			found = d["calls"] == "1" && d["meetings"] == "0" && d["first"] == "2023-03-03"
		}
	}
	if !found || left.Rows != len(g.Graph.Nodes)+len(g.Graph.Edges) {
		t.Errorf("%d rows:\n%s", left.Rows, text)
	}
}

// TestParquet reads a table again: types, nulls, dates, lists.
func TestParquet(t *testing.T) {
	type row struct {
		Event        string   `parquet:"event"`
		Status       string   `parquet:"status"`
		From         *int32   `parquet:"from,optional,date"`
		Deadline     *int32   `parquet:"deadline,optional,date"`
		Participants []string `parquet:"participants,list"`
		Articles     int64    `parquet:"articles"`
	}
	l := ledger(t, small...)
	text, left := write(t, l, record.Query{}, export.Config{Format: "parquet"})
	f, err := parquet.OpenFile(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	var names, want []string
	for _, c := range f.Schema().Fields() {
		names = append(names, c.Name())
	}
	for _, c := range export.Tables()[0].Columns {
		want = append(want, c.Name)
	}
	if !slices.Equal(names, want) {
		t.Errorf("columns %q, want %q", names, want)
	}
	if from, _ := f.Schema().Lookup("from"); from.Node.Type().LogicalType() == nil || from.Node.Type().String() != "DATE" {
		t.Errorf("from is a %v", from.Node.Type())
	}
	got, err := parquet.Read[row](strings.NewReader(text), int64(len(text)))
	if err != nil || len(got) != left.Rows || len(got) < 6 {
		t.Fatalf("%d rows, want %d: %v", len(got), left.Rows, err)
	}
	found := false
	for _, r := range got {
		if len(r.Participants) == 3 && slices.Contains(r.Participants, "Rishi Sunak") && r.Articles == 2 {
			found = r.From != nil && *r.From == int32(time.Date(2023, 3, 10, 0, 0, 0, 0, time.UTC).Unix()/86400) && r.Deadline == nil && r.Status == "occurred"
		}
	}
	if !found {
		t.Errorf("the meeting of three did not come back: %+v", got)
	}
}

// TestDictionary: every column of every table is in it, with a type and a
// meaning; names are unique.
func TestDictionary(t *testing.T) {
	var b bytes.Buffer
	if err := export.Dictionary(&b); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	list := rows(t, b.String())
	for _, r := range list {
		id := r["table"] + "." + r["column"]
		if seen[id] || r["type"] == "" || r["meaning"] == "" || r["example"] == "" {
			t.Errorf("%s: %v", id, r)
		}
		seen[id] = true
	}
	n := 0
	for _, table := range export.Tables() {
		n += len(table.Columns)
	}
	if n != len(list) {
		t.Errorf("%d columns in the dictionary, %d in the tables", len(list), n)
	}
	// The last part of docs/export.md is made of the tables.
	const file, head = "../docs/export.md", "## The data dictionary\n"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, _, ok := strings.Cut(string(page), head)
	if !ok {
		t.Fatalf("%s has no %q", file, head)
	}
	var want strings.Builder
	want.WriteString(text + head)
	for _, table := range export.Tables() {
		want.WriteString("\n### " + table.Name + "\n\n" + table.Meaning + ".\n\n| column | type | meaning |\n| --- | --- | --- |\n")
		for _, c := range table.Columns {
			want.WriteString("| " + c.Name + " | " + string(c.Type) + " | " + c.Meaning + " |\n")
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want.String() != string(page) {
		t.Errorf("%s does not tell what is in the tables; go test ./export -update: %s", file, firstDifference(string(page), want.String()))
	}
}

// TestFails: an error of the writer ends an export.
func TestFails(t *testing.T) {
	l := ledger(t, small...)
	for _, c := range everything() {
		err := l.Scan(t.Context(), record.Query{AsOf: noon}, func(s *record.Scan) error {
			_, err := export.Write(t.Context(), full{}, s, c)
			return err
		})
		if err == nil && c.Format != "csv" { // which is small enough to wait in a buffer
			t.Errorf("%s: a full disk is no error", name(c))
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := l.Scan(ctx, record.Query{AsOf: noon}, func(s *record.Scan) error {
		_, err := export.Write(ctx, &bytes.Buffer{}, s, export.Config{Format: "gdelt"})
		return err
	}); err == nil {
		t.Error("a stopped export is no error")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

// generated is n articles with two events each: pairs of people meet on days of
// their own, and telephone on others.
func generated(n int) []told {
	names := []string{"macron", "scholz", "sunak", "erdogan", "guterres"}
	start := time.Date(2020, 1, 1, 9, 0, 0, 0, time.UTC)
	var out []told
	for i := range n {
		day := start.AddDate(0, 0, i/3)
		a, b := names[i%len(names)], names[(i/7+i%3+1)%len(names)]
		if a == b {
			b = names[(i+1)%len(names)]
		}
		on := day.AddDate(0, 0, -i%4)
		text := people[a].name + " met " + people[b].name + " on " + on.Format("2 January 2006") + ", report " + strconv.Itoa(i) + "."
		call := people[b].name + " called " + people[a].name + " on " + day.Format("2 January 2006") + ", said sources of " + strconv.Itoa(i*7919) + "."
		out = append(out, told{outlet: "Agency", url: "https://agency.example/" + strconv.Itoa(i), title: "Report " + strconv.Itoa(i), published: day.Format(time.RFC3339), happenings: []happening{
			{sentence: text, kind: "meeting", status: "occurred", parts: []string{a, b}, day: on.Format(time.DateOnly), cameo: "040", plover: "CONSULT"},
			{sentence: call, kind: "call", status: "occurred", parts: []string{b + " as initiator", a}, day: day.Format(time.DateOnly), cameo: "041", plover: "CONSULT", mode: "phone", by: b, line: "confirmed"},
		}})
	}
	return out
}

// BenchmarkExport writes a record of some thousand events in every format; a row
// of the graph is a node or an edge.
func BenchmarkExport(b *testing.B) {
	l := ledger(b, generated(4000)...)
	at := record.Query{AsOf: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range everything() {
		if c.Table != "" && c.Table != "events" && (c.Format != "csv" || c.Table != "claims" && c.Table != "statements") {
			continue
		}
		b.Run(name(c), func(b *testing.B) {
			n := 0
			for b.Loop() {
				_, left := write(b, l, at, c)
				n += left.Rows
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
