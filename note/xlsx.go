package note

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"
)

// Office Open XML workbooks (ECMA-376), as far as a sheet of text needs them:
// the cells of the first sheet, shared and inline strings, and which numbers are
// days. Formulas count as what was last computed of them.

// maxPart is the size up to which a part of a workbook is unpacked, in bytes.
const maxPart = 64 << 20

// ParseWorkbook reads the first sheet of an .xlsx file. An error is a
// *SyntaxError.
func ParseWorkbook(name string, b []byte) (*Table, error) {
	t, err := parseWorkbook(b)
	if err != nil {
		return nil, &SyntaxError{name, 0, err.Error()}
	}
	return t.finish(name)
}

// workbook is an open one.
type workbook struct {
	zip     *zip.Reader
	strings []string
	days    map[int]bool // styles under which a number is a day
	epoch   time.Time    // day 0
}

func parseWorkbook(b []byte) (*Table, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("it is no workbook: %w", err)
	}
	w := &workbook{zip: z, days: map[int]bool{}, epoch: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	sheet, err := w.first()
	if err != nil {
		return nil, err
	}
	if err := w.shared(); err != nil {
		return nil, err
	}
	if err := w.styles(); err != nil {
		return nil, err
	}
	return w.table(sheet)
}

var errNoPart = errors.New("it has no such part")

func (w *workbook) part(name string, v any) error {
	f, err := w.zip.Open(name)
	if err != nil {
		return errNoPart
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPart+1))
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case len(b) > maxPart:
		return fmt.Errorf("%s is larger than %d MiB", name, maxPart>>20)
	}
	if err := xml.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// first gives the part that holds the first sheet.
func (w *workbook) first() (string, error) {
	var book struct {
		Properties struct {
			From1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.part("xl/workbook.xml", &book); err != nil {
		return "", fmt.Errorf("it is no workbook: %w", err)
	}
	if v := book.Properties.From1904; v == "1" || v == "true" {
		w.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if len(book.Sheets) == 0 {
		return "", errors.New("the workbook has no sheet")
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := w.part("xl/_rels/workbook.xml.rels", &rels); err != nil {
		return "", err
	}
	for _, r := range rels.List {
		if r.ID != book.Sheets[0].ID {
			continue
		}
		if strings.HasPrefix(r.Target, "/") {
			return strings.TrimPrefix(r.Target, "/"), nil
		}
		return path.Join("xl", r.Target), nil
	}
	return "", errors.New("its first sheet is missing")
}

// rich is a string in pieces of different looks.
type rich struct {
	Text string `xml:"t"`
	Runs []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

func (r *rich) String() string {
	s := r.Text
	for _, x := range r.Runs {
		s += x.Text
	}
	return s
}

func (w *workbook) shared() error {
	var table struct {
		Items []rich `xml:"si"`
	}
	err := w.part("xl/sharedStrings.xml", &table)
	if err != nil && !errors.Is(err, errNoPart) {
		return err
	}
	for i := range table.Items {
		w.strings = append(w.strings, table.Items[i].String())
	}
	return nil
}

func (w *workbook) styles() error {
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	err := w.part("xl/styles.xml", &sheet)
	if err != nil && !errors.Is(err, errNoPart) {
		return err
	}
	day := map[int]bool{14: true, 15: true, 16: true, 17: true, 22: true} // the built-in formats of days
	for _, f := range sheet.Formats {
		code, quoted := "", false
		for _, r := range f.Code {
			switch {
			case r == '"':
				quoted = !quoted
			case !quoted:
				code += string(r)
			}
		}
		day[f.ID] = strings.ContainsAny(strings.ToLower(code), "yd") && !strings.Contains(strings.ToLower(code), "red")
	}
	for i, c := range sheet.Cells {
		w.days[i] = day[c.Format]
	}
	return nil
}

func (w *workbook) table(sheet string) (*Table, error) {
	var data struct {
		Rows []struct {
			Number int `xml:"r,attr"`
			Cells  []struct {
				Ref    string `xml:"r,attr"`
				Kind   string `xml:"t,attr"`
				Style  int    `xml:"s,attr"`
				Value  string `xml:"v"`
				Inline rich   `xml:"is"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := w.part(sheet, &data); err != nil {
		return nil, err
	}
	t := &Table{}
	for i, r := range data.Rows {
		if r.Number == 0 {
			r.Number = i + 1
		}
		if len(t.Rows) >= maxRows {
			return nil, fmt.Errorf("more than %d rows", maxRows)
		}
		var cells []string
		for _, c := range r.Cells {
			at := len(cells)
			if c.Ref != "" {
				at = columnOf(c.Ref)
			}
			if at < 0 || at >= maxColumns {
				continue
			}
			for len(cells) <= at {
				cells = append(cells, "")
			}
			switch c.Kind {
			case "s":
				n, err := strconv.Atoi(c.Value)
				if err != nil || n < 0 || n >= len(w.strings) {
					return nil, fmt.Errorf("cell %s: there is no string %q", c.Ref, c.Value)
				}
				cells[at] = w.strings[n]
			case "inlineStr":
				cells[at] = c.Inline.String()
			case "", "n":
				cells[at] = w.number(c.Value, c.Style)
			case "e": // an error of a formula
			default:
				cells[at] = c.Value
			}
		}
		t.add(r.Number, cells)
	}
	return t, nil
}

// number is a number as it is shown: a day where its style is one.
func (w *workbook) number(value string, style int) string {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || !w.days[style] || f < 1 || f > 2_958_465 { // the end of year 9999
		return value
	}
	return w.epoch.AddDate(0, 0, int(f)).Format(time.DateOnly)
}

// columnOf is the column of a cell's name, from 0: "AB12" is 27; -1 for none.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		if n = n*26 + int(ref[i]-'A') + 1; n > maxColumns {
			return -1
		}
	}
	return n - 1
}
