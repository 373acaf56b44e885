package note

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"readout/reading"
)

const sheet = `Timeline of the talks,,,,
Date,Actor 1,Actor 2,What happened,Place,Source (outlet)
18/06/2023,"Antony Blinken (host)",Qin Gang,Blinken met Qin,Beijing,Reuters
July 2023,Janet Yellen,,Yellen visits Beijing,Beijing,https://www.example.org/a
tbc,Wang Yi,,Return visit,Washington,
3-4 July 2023,"Sergei Lavrov; Wang Yi (Beijing's man)",,Phone call,,Tass
`

func table(t testing.TB, s string) *Table {
	t.Helper()
	v, err := ParseTable("s.csv", s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRows(t *testing.T) {
	v := table(t, sheet)
	m := Guess(v, config(t).Registry)
	rows, bad := Rows(v, m)
	if len(bad) != 1 || bad[0].Number != 5 || !strings.Contains(bad[0].Why, `"tbc"`) {
		t.Errorf("bad rows: %+v", bad)
	}
	var got []string
	for i := range rows {
		r := &rows[i]
		got = append(got, fmt.Sprintf("%d|%s|%s..%s|%s|%s|%s", r.Number, r.names(), r.Day.From, r.Day.To, r.Where, r.Source, r.ID))
	}
	want := []string{
		"3|antony blinken, qin gang|2023-06-18..2023-06-18|Beijing|Reuters|2023-06-18 antony blinken, qin gang",
		"4|janet yellen|2023-07-01..2023-07-31|Beijing|example.org|2023-07-01 janet yellen",
		"6|sergei lavrov, wang yi|2023-07-03..2023-07-04||Tass|2023-07-03 sergei lavrov, wang yi",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if text := rows[0].Text(); text != "Blinken met Qin\n\nWhen: 18/06/2023\nWho: Antony Blinken (host), Qin Gang\nWhere: Beijing\nSource: Reuters" {
		t.Errorf("text %q", text)
	}
}

// The row's day, people and place are its own; whether it took place follows
// from the day of entry where no word of it tells.
func TestRowRead(t *testing.T) {
	v := table(t, "date,who,what,where\n2023-06-18,Antony Blinken; Qin Gang,Phone call about visas,Beijing\n")
	rows, _ := Rows(v, Guess(v, config(t).Registry))
	r := &reading.Reading{Document: reading.Document{Text: rows[0].Text()}, Model: "en"}
	for day, want := range map[string]string{"2023-06-19": "occurred", "2023-06-01": "planned"} {
		now, _ := time.Parse(time.DateOnly, day)
		got, err := rows[0].Read(r, now, config(t))
		if err != nil {
			t.Fatal(err)
		}
		e := got.Events[0]
		if e.Kind != "call" || e.Format != "phone" || e.Status != want || e.Time.From != "2023-06-18" || len(e.Participants) != 2 || e.Place.Name != "Beijing" {
			t.Errorf("entered on %s: %+v", day, e)
		}
	}
	machine := &reading.Event{ID: "e1", Kind: "meeting", Status: "cancelled", Evidence: []reading.Span{{0, 5}}}
	r.Events = []reading.Event{*machine}
	got, err := rows[0].Read(r, time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC), config(t))
	if err != nil || len(got.Events) != 1 || got.Events[0].Kind != "meeting" || got.Events[0].Status != "cancelled" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestGuess(t *testing.T) {
	reg := config(t).Registry
	for _, c := range []struct {
		name, sheet, want string
	}{
		{"headers", sheet, "date=Date to=- who=Actor 1+Actor 2 what=What happened where=Place source=Source (outlet) url=- status=- kind=- id=- published=- dmy"},
		{"spellings", "#\tEVENT_DATE\tParties\tSummary\tLink\tDate reported\n1\t6/18/2023\tIran\tTalks\thttp://a\t6/19/2023\n", "date=EVENT_DATE to=- who=Parties what=Summary where=- source=- url=Link status=- kind=- id=# published=Date reported mdy"},
		{"contents", "2023-06-18;Iran, Saudi Arabia;They met for talks on ties;Beijing;Tass\n2023-06-20;Iran;It signed an agreement at last;Tehran;IRNA\n", "date=A to=- who=B what=C where=D source=E url=- status=- kind=- id=- published=-"},
	} {
		v := table(t, c.sheet)
		m := Guess(v, reg)
		if got := strings.TrimSpace(strings.Join(m.Assignments(v), " ") + " " + string(m.Dates)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		// What is kept is read as the same.
		again := Guess(v, reg)
		for _, a := range m.Assignments(v) {
			if err := again.Set(v, a); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if !slices.Equal(again.Assignments(v), m.Assignments(v)) {
			t.Errorf("%s: kept as %v", c.name, again.Assignments(v))
		}
	}
	v := table(t, sheet)
	m := Guess(v, reg)
	if err := m.Set(v, "where=source (outlet)"); err != nil || m.Columns["where"][0] != 5 || len(m.Columns["source"]) != 0 {
		t.Errorf("%v, %v", m.Columns, err)
	}
	for _, a := range []string{"where", "here=A", "where=ZZ", "date=A+B"} {
		if err := m.Set(v, a); err == nil {
			t.Errorf("%s is taken", a)
		}
	}
}

func TestParseCell(t *testing.T) {
	for _, c := range []struct {
		cell  string
		order Order
		want  string // from to granularity, or what is wrong
	}{
		{"2023-06-18", "", "2023-06-18 2023-06-18 day"}, {"2023-06-18 14:30", "", "2023-06-18 2023-06-18 day"}, {"2023-06-18T14:30:00Z", "", "2023-06-18 2023-06-18 day"},
		{"Sunday, 18 June 2023", "", "2023-06-18 2023-06-18 day"}, {"Sun 18th Jun 2023", "", "2023-06-18 2023-06-18 day"}, {"June 18, 2023", "", "2023-06-18 2023-06-18 day"},
		{"c. June 2023", "", "2023-06-01 2023-06-30 month"}, {"18-Jun-23", "", "2023-06-18 2023-06-18 day"}, {"2023", "", "2023-01-01 2023-12-31 year"},
		{"18-20 June 2023", "", "2023-06-18 2023-06-20 day"}, {"18 June – 2 July 2023", "", "2023-06-18 2023-07-02 day"}, {"June 18-20, 2023", "", "2023-06-18 2023-06-20 day"},
		{"28 December 2022 to 3 January 2023", "", "2022-12-28 2023-01-03 day"},
		{"18/06/2023", "", "2023-06-18 2023-06-18 day"}, {"06/18/23", "", "2023-06-18 2023-06-18 day"}, {"3/4/2023", "dmy", "2023-04-03 2023-04-03 day"},
		{"3/4/2023", "mdy", "2023-03-04 2023-03-04 day"}, {"4/4/2023", "", "2023-04-04 2023-04-04 day"},
		{"3/4/2023", "", "may be two days"}, {"31/02/2023", "", "no day of the calendar"}, {"13/13/2023", "dmy", "no day of the calendar"}, {"soon", "", "no day can be read"}, {"", "", "there is no day"},
	} {
		v, problem := parseCell(c.cell, c.order)
		got := problem
		if problem == "" {
			got = v.From + " " + v.To + " " + v.Granularity
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("parseCell(%q, %q) = %s, want %s", c.cell, c.order, got, c.want)
		}
	}
}

// Every header is told once, and each role has some.
func TestHeaders(t *testing.T) {
	seen := map[string]bool{}
	roles := map[string]bool{}
	for i, l := range strings.Split(strings.TrimSpace(columnsTSV), "\n") {
		f := strings.Split(l, "\t")
		if i == 0 {
			continue
		}
		if len(f) != 3 || seen[f[1]] || !slices.Contains(Roles, f[0]) || roleOf(strings.ToUpper(f[1])) != f[0] {
			t.Errorf("line %d: %s", i+1, l)
		}
		seen[f[1]], roles[f[0]] = true, true
	}
	if len(roles) != len(Roles) {
		t.Errorf("roles with headers: %v", roles)
	}
}

// book is a workbook with one sheet.
func book(t testing.TB, parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, parts[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var bookParts = map[string]string{
	"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="T" sheetId="1" r:id="rId1"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
	"xl/sharedStrings.xml":       `<sst><si><t>Date</t></si><si><r><t>Wh</t></r><r><t>at</t></r></si></sst>`,
	"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
	"xl/worksheets/sheet1.xml":   `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="3"><c r="A3" s="1"><v>45095.5</v></c><c r="C3" t="inlineStr"><is><t>They met</t></is></c></row><row r="4"><c r="A4" s="2"><v>45096</v></c><c r="B4"><v>7</v></c></row></sheetData></worksheet>`,
}

func TestParseWorkbook(t *testing.T) {
	v, err := ParseWorkbook("t.xlsx", book(t, bookParts))
	if err != nil {
		t.Fatal(err)
	}
	want := `[{1 [Date  What]} {3 [2023-06-18  They met]} {4 [2023-06-19 7 ]}]`
	if got := fmt.Sprint(v.Rows); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for name, b := range map[string][]byte{"text": []byte("PK\x03\x04 no"), "empty": book(t, nil)} {
		if v, err := ParseWorkbook("t.xlsx", b); err == nil || v != nil {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
}

// FuzzTable: rows that are taken have a day and a text in which they read alike
// whenever the sheet is read.
func FuzzTable(f *testing.F) {
	f.Add(sheet)
	f.Add("date;who;what\n1.2.2023;A & B;\"x\ny\"")
	f.Add("Date\tWhat\n31/12/1999 – 2/1/2000\tx")
	cfg := config(f)
	f.Fuzz(func(t *testing.T, s string) {
		v, err := ParseTable("f", s)
		if err != nil {
			if v != nil {
				t.Fatal("a table with an error")
			}
			return
		}
		m := Guess(v, cfg.Registry)
		rows, bad := Rows(v, m)
		if len(rows)+len(bad) != len(v.Rows)-m.Header-1 {
			t.Fatalf("%d rows and %d bad of %d", len(rows), len(bad), len(v.Rows))
		}
		ids := map[string]bool{}
		for i := range rows {
			r := &rows[i]
			if r.Day.From == "" || r.Day.To < r.Day.From || !utf8.ValidString(r.Text()) || strings.TrimSpace(r.Text()) == "" {
				t.Fatalf("%+v: %q", r, r.Text())
			}
			if _, err := r.Read(&reading.Reading{Document: reading.Document{Text: r.Text()}}, time.Unix(0, 0), cfg); err != nil {
				t.Fatalf("%+v: %v", r, err)
			}
			if ids[r.ID] {
				t.Fatalf("two rows are %q", r.ID)
			}
			ids[r.ID] = true
		}
	})
}

func FuzzWorkbook(f *testing.F) {
	f.Add(bookParts["xl/worksheets/sheet1.xml"], bookParts["xl/styles.xml"], bookParts["xl/sharedStrings.xml"])
	f.Fuzz(func(t *testing.T, sheet, styles, shared string) {
		parts := map[string]string{"xl/workbook.xml": bookParts["xl/workbook.xml"], "xl/_rels/workbook.xml.rels": bookParts["xl/_rels/workbook.xml.rels"]}
		parts["xl/worksheets/sheet1.xml"], parts["xl/styles.xml"], parts["xl/sharedStrings.xml"] = sheet, styles, shared
		v, err := ParseWorkbook("f", book(t, parts))
		if err != nil && v != nil {
			t.Fatal("a table with an error")
		}
		if err == nil {
			for _, r := range v.Rows {
				if len(r.Cells) != v.width() {
					t.Fatalf("row %d has %d cells of %d", r.Number, len(r.Cells), v.width())
				}
			}
		}
	})
}
