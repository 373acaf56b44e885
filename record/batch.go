package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"
)

// Order is one line of a file of decisions: what somebody asks for, or a
// decision as a record exports it.
type Order struct {
	Line     int // from 1
	Ask      *Ask
	Decision *Decision
}

// maxOrder bounds a line of a file of decisions, in bytes.
const maxOrder = 8 << 20

// orderLine is a line of such a file.
type orderLine struct {
	// Of an export: {"kind": "decision", "line": …}. Its other kinds are passed over.
	Kind string          `json:"kind"`
	Body json.RawMessage `json:"line"`

	Do      string    `json:"do"`
	IDs     []string  `json:"ids"`
	Account bool      `json:"account"`
	Name    string    `json:"name"`
	At      []Anchor  `json:"at"`
	Of      string    `json:"of"`
	Field   string    `json:"field"`
	Value   string    `json:"value"`
	By      string    `json:"by"`
	When    time.Time `json:"when"`
	Why     string    `json:"why"`
	// Said by exports; what it is follows from the rest.
	ID     string `json:"id"`
	Learnt string `json:"learnt"`
}

// ReadOrders yields the decisions in lines of JSON: what is asked for, {"do":
// "correct", "ids": ["e3k9x2mw"], "field": "status", "value": "planned"}, and
// decisions in the form that Export gives them. Empty lines and what else an
// export has are passed over. A line that is none of these is an error that
// tells its number; the next lines still come.
func ReadOrders(r io.Reader) iter.Seq2[Order, error] {
	return func(yield func(Order, error) bool) {
		s := bufio.NewScanner(r)
		s.Buffer(nil, maxOrder)
		n := 0
		for s.Scan() {
			n++
			line := bytes.TrimSpace(s.Bytes())
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			if len(line) == 0 {
				continue
			}
			o, err := readOrder(line)
			if err != nil {
				err = fmt.Errorf("line %d: %w", n, err)
			}
			if o.Line = n; err == nil && o.Ask == nil && o.Decision == nil {
				continue
			}
			if !yield(o, err) {
				return
			}
		}
		if err := s.Err(); err != nil {
			yield(Order{Line: n + 1}, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
}

func readOrder(line []byte) (Order, error) {
	var l orderLine
	if err := strict(line, &l); err != nil {
		return Order{}, err
	}
	if l.Kind != "" {
		if l.Kind != "decision" {
			return Order{}, nil
		}
		body := l.Body
		l = orderLine{}
		if err := strict(body, &l); err != nil {
			return Order{}, err
		}
	}
	switch {
	case l.Do == "":
		return Order{}, errors.New(`it must be told what is decided: "do"`)
	case len(l.IDs) > 0 && (len(l.At) > 0 || l.Of != ""):
		return Order{}, errors.New(`it is about "ids", or about words of articles, "at", not both`)
	case len(l.IDs) > 0:
		return Order{Ask: &Ask{Do: l.Do, IDs: l.IDs, Field: l.Field, Value: l.Value, Name: l.Name, Account: l.Account, By: l.By, Why: l.Why, When: l.When}}, nil
	}
	return Order{Decision: &Decision{Do: l.Do, At: l.At, Field: l.Field, Value: l.Value, Of: l.Of, By: l.By, When: l.When, Why: l.Why}}, nil
}

// strict decodes one object, and takes no field that it does not know.
func strict(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("there is more than one object on the line")
	}
	return nil
}
