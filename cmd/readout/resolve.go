package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout/ingest"
	"readout/registry"
)

// maxQuestion is the longest line of questions that is read, in bytes.
const maxQuestion = 1 << 20

// resolveFlags are the settings of `readout resolve`, each defined once.
type resolveFlags struct {
	date, context string
	knowledge     knowledgeFlags
}

func newResolveCommand() *cobra.Command {
	var f resolveFlags
	c := &cobra.Command{
		Use:   "resolve [PHRASE…]",
		Short: "Tell who a phrase means: country, role, office at a date",
		Long: `Tell who a phrase means, at a date: whose country it is, what sector of society
it belongs to as PLOVER and CAMEO code it, which offices somebody holds.

Without PHRASE, or for "-", questions are read from standard input, a JSON object
a line: {"text": …, "date": …, "context": …}, the last two if known. Each line
gets one line of answer, in order:

  name        whom the tables know it for, else the phrase
  country     ISO 3166 alpha-3, or IGO UNO EUR NGO ISM IMG MNC; "" where it has none
  role_code   main PLOVER sector: GOV MIL LEG …; "" for a country or people as such
  code        CAMEO actor code
  roles       offices held at the date; those left by then where former is true
  kind        person, organization, country, group or place; "" for nobody
  former      it speaks of somebody out of office
  confidence  0 for a phrase in which nothing is known, to 1

A line that is no question is named on standard error and its answer is an
object with "error"; the exit code is then 1. Without a date, who has left an
office is out of it, unless the phrase itself gives the office.`,
		Example: `  readout resolve --date 2015-02-12 "German Chancellor Angela Merkel"
  readout resolve --context "a raid near Douala in Cameroon" ADF
  readout resolve < questions.jsonl > answers.jsonl`,
		RunE: func(c *cobra.Command, args []string) error {
			return runResolve(c, args, f)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.date, "date", "", "day (2015-02-12) at which it is asked, unless a line has its own")
	fl.StringVar(&f.context, "context", "", "text around the phrase, or a country, to tell apart those who share a name")
	f.knowledge.registerTables(c)
	return c
}

func runResolve(c *cobra.Command, args []string, f resolveFlags) error {
	defaults := question{Context: f.context}
	if f.date != "" {
		t, err := ingest.ParseDate(f.date)
		if err != nil {
			return fmt.Errorf("--date: %w", err)
		}
		defaults.at = t
	}
	reg, err := f.knowledge.openRegistry()
	if reg == nil && err == nil {
		reg, err = registry.Default()
	}
	if err != nil {
		return err
	}
	if len(args) == 0 && isTerminal(c.InOrStdin()) {
		return usageError{hintError{errors.New("no phrase"), `try: readout resolve "German Chancellor Angela Merkel"`}}
	}
	if len(args) == 0 || len(args) == 1 && args[0] == ingest.Stdin {
		return resolveLines(c, reg, defaults)
	}
	people := isTerminal(c.OutOrStdout())
	out := newAnswers(c.OutOrStdout())
	for _, phrase := range args {
		q := defaults
		q.Text = phrase
		a := newAnswer(reg.Resolve(q.Text, q.at, q.Context))
		if people {
			a.show(out.w, phrase)
		} else if err := out.enc.Encode(a); err != nil {
			return err
		}
	}
	return out.w.Flush()
}

// question is a phrase and what is known about where it stands.
type question struct {
	Text    string `json:"text"`
	Date    string `json:"date"`
	Context string `json:"context"`
	at      time.Time
}

// parseQuestion reads a line of JSON; defaults hold where it is silent.
func parseQuestion(b []byte, defaults question) (question, error) {
	q := defaults
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		return question{}, errors.New("the line is no JSON object")
	}
	if err := json.Unmarshal(b, &q); err != nil {
		return question{}, fmt.Errorf("the line is no JSON object with a text: %w", err)
	}
	if strings.TrimSpace(q.Text) == "" {
		return question{}, errors.New(`the line has no "text", or an empty one`)
	}
	if q.Date != "" {
		t, err := ingest.ParseDate(q.Date)
		if err != nil {
			return question{}, fmt.Errorf("date: %w", err)
		}
		q.at = t
	}
	return q, nil
}

// resolveLines answers a line of standard input with a line of output. Answers
// go out when there is no further question at hand, so that a program can ask
// one by one.
func resolveLines(c *cobra.Command, reg *registry.Registry, defaults question) error {
	in := bufio.NewReaderSize(c.InOrStdin(), maxQuestion)
	out := newAnswers(c.OutOrStdout())
	bad := false
	for n := 1; ; n++ {
		if err := c.Context().Err(); err != nil {
			return err
		}
		line, err := nextQuestion(in)
		switch {
		case errors.Is(err, io.EOF):
			if err := out.w.Flush(); err != nil {
				return err
			}
			if bad {
				return errReported
			}
			return nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return fmt.Errorf("line %d: %w", n, err)
		}
		q := question{}
		if err != nil {
			err = fmt.Errorf("the line has more than %d bytes", maxQuestion)
		} else {
			q, err = parseQuestion(line, defaults)
		}
		var a any
		if err != nil {
			bad = true
			fmt.Fprintf(c.ErrOrStderr(), "readout: error: line %d: %v\n", n, err)
			a = failure{err.Error()}
		} else {
			a = newAnswer(reg.Resolve(q.Text, q.at, q.Context))
		}
		if err := out.enc.Encode(a); err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.w.Flush(); err != nil {
				return err
			}
		}
	}
}

// nextQuestion is the next line. Of one that is too long it gives
// bufio.ErrBufferFull and stands behind it.
func nextQuestion(in *bufio.Reader) ([]byte, error) {
	line, err := in.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = in.ReadSlice('\n')
		}
		return nil, bufio.ErrBufferFull
	case errors.Is(err, io.EOF) && len(line) > 0:
		return line, nil
	}
	return line, err
}

// answers writes lines of JSON with <, > and & as they are.
type answers struct {
	w   *bufio.Writer
	enc *json.Encoder
}

func newAnswers(w io.Writer) answers {
	a := answers{w: bufio.NewWriter(w)}
	a.enc = json.NewEncoder(a.w)
	a.enc.SetEscapeHTML(false)
	return a
}

// answer is who a phrase means.
type answer struct {
	Name       string   `json:"name"`
	Country    string   `json:"country"`
	RoleCode   string   `json:"role_code"`
	Code       string   `json:"code"`
	Roles      []office `json:"roles"`
	Kind       string   `json:"kind"`
	Former     bool     `json:"former"`
	Confidence float64  `json:"confidence"`
}

// office is a role of an answer, with the names that a reading has for it.
type office struct {
	Title  string `json:"title"`
	Org    string `json:"org,omitempty"`
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Former bool   `json:"former"`
}

// failure stands where a line has no answer.
type failure struct {
	Error string `json:"error"`
}

func newAnswer(r registry.Resolution) answer {
	a := answer{
		Name: r.Name, Country: r.Country, RoleCode: r.Role, Code: r.Code, Roles: []office{}, Kind: kindName(r.Kind), Former: r.Former,
		Confidence: float64(int(r.Confidence*100+0.5)) / 100,
	}
	for _, o := range r.Offices {
		a.Roles = append(a.Roles, office{o.Title, o.Org, o.From.String(), o.To.String(), r.Former})
	}
	return a
}

// kindName is a kind of the registry in the words of a reading.
func kindName(k registry.Kind) string {
	switch k {
	case registry.Body, registry.Armed, registry.Metonym, registry.Agency, registry.Platform:
		return "organization"
	case registry.People:
		return "group"
	}
	return k.String()
}

// show writes an answer for people.
func (a answer) show(w io.Writer, phrase string) {
	if a.Kind == "" {
		fmt.Fprintf(w, "%s: nobody the tables know\n", phrase)
		return
	}
	fmt.Fprintf(w, "%s\n", a.Name)
	for _, line := range [...][2]string{{"kind", a.Kind}, {"country", a.Country}, {"role", a.RoleCode}, {"code", a.Code}} {
		if line[1] != "" {
			fmt.Fprintf(w, "  %-11s %s\n", line[0], line[1])
		}
	}
	for _, o := range a.Roles {
		name, term := "office", strings.Trim(o.From+" to "+o.To, " ")
		if o.Former {
			name = "former"
		}
		if o.Org != "" {
			term = o.Org + ", " + term
		}
		fmt.Fprintf(w, "  %-11s %s, %s\n", name, o.Title, strings.TrimSuffix(term, " to"))
	}
	fmt.Fprintf(w, "  %-11s %.0f %%\n", "confidence", 100*a.Confidence)
}
