package web

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// apiPrefix is where the same addresses give JSON, whatever is asked for.
const apiPrefix = "/api/v1"

// route is a page: where it is, and what it is asked.
type route struct {
	path   string // as in the API; the page has it too but for "/state"
	params []string
	view   func(context.Context, *ask) (*page, error)
}

var views = []route{
	{"/state", []string{"all", "limit", "since"}, home},
	{"/brief", []string{"since"}, brief},
	{"/timeline", append([]string{"lanes", "after", "limit"}, filters...), timeline},
	{"/changes", []string{"since", "all"}, changes},
	{"/due", nil, due},
	{"/issues", nil, issues},
	{"/issue/{topic...}", nil, issue},
	{"/met", []string{"a", "b", "by", "from", "to"}, met},
	{"/statements", []string{"by", "about", "since", "after", "limit"}, statements},
	{"/statement/{id}", nil, statement},
	{"/event/{id}", nil, event},
	{"/actor/{name...}", []string{"limit"}, actor},
	{"/article/{id}", []string{"at", "against"}, article},
	{"/compare", []string{"a", "b"}, compare},
	{"/search", []string{"q", "in", "outlet", "month"}, search},
	{"/processes", nil, processes},
	{"/claim", []string{"q"}, claim},
	{"/review", []string{"since", "limit", "at", "done", "undone"}, review},
	{"/decide", decideParams, decide},
	{"/add/{job}", nil, jobPage},
	{"/decisions", []string{"since", "limit", "after", "done"}, decisions},
	{"/outlets", []string{"done"}, outletsView},
	{"/about", nil, about},
	{"/users", []string{"done"}, usersView},
	{"/account", []string{"done"}, accountView},
}

// blanks are pages to fill in: they have nothing for programs.
var blanks = []route{
	{"/add", nil, addForm},
	{"/note", nil, noteForm},
}

// downloads are answers that are neither pages nor JSON.
var downloads = []route{
	{"/timeline.svg", append([]string{"lanes"}, filters...), timelinePicture},
	{"/timeline.png", append([]string{"lanes"}, filters...), timelinePicture},
	{"/met.svg", []string{"by", "from", "to"}, metPicture},
	{"/met.png", []string{"by", "from", "to"}, metPicture},
	{"/waits.svg", []string{"event"}, waitsPicture},
	{"/waits.png", []string{"event"}, waitsPicture},
	{"/brief.md", []string{"since"}, briefMarkdown},
	{"/changes.atom", append([]string{"since", "q", "outlet"}, filters...), feed},
}

func (s *Server) routes(mux *http.ServeMux) {
	for i := range views {
		rt := &views[i]
		h := s.view(rt)
		mux.Handle("GET "+apiPrefix+rt.path, h)
		if rt.path == "/state" {
			mux.Handle("GET /{$}", h)
		} else {
			mux.Handle("GET "+rt.path, h)
		}
		if rt.path[len(rt.path)-1] != '}' {
			for _, form := range []string{formJSON, formCSV, formICS} {
				mux.Handle("GET "+rt.path+"."+form, h)
			}
		}
	}
	for i := range blanks {
		mux.Handle("GET "+blanks[i].path, s.view(&blanks[i]))
	}
	for i := range downloads {
		mux.Handle("GET "+downloads[i].path, s.view(&downloads[i]))
	}
	mux.HandleFunc("GET "+apiPrefix+"/openapi.json", s.openapi)
	mux.HandleFunc("GET /export/{format}", s.export)
	mux.HandleFunc("POST "+apiPrefix+"/read", s.read)
	mux.HandleFunc("POST /decide", s.decideForm)
	mux.HandleFunc("POST /add", s.addPost)
	mux.HandleFunc("POST /note", s.notePost)
	mux.HandleFunc("POST /outlets", s.outletsPost)
	mux.HandleFunc("POST /users", s.usersPost)
	mux.HandleFunc("POST /account", s.accountPost)
	mux.HandleFunc("POST "+apiPrefix+"/outlets", s.outletsJSON)
	mux.HandleFunc("POST "+apiPrefix+"/articles", s.addJSON)
	mux.HandleFunc("POST "+apiPrefix+"/decide", s.decideJSON)
	mux.HandleFunc("GET /static/{hash}/{name}", s.static)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /readyz", s.ready)
	if s.c.MCP != nil {
		mux.Handle(mcpPath, s.c.MCP)
	}
	if s.c.Metrics != nil {
		mux.Handle("GET "+metricsPath, s.c.Metrics)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			s.fail(w, r, problem{Status: http.StatusNotFound, Detail: "there is no such page"})
		default:
			s.fail(w, r, problem{Status: http.StatusMethodNotAllowed, Detail: r.Method + " is not for this address"})
		}
	})
}

// Routes are the routes of the API with the parameters that they take beyond
// their path, in the order of the alphabet: "GET /due as_of process".
func Routes() []string {
	out := []string{"POST /read ", "POST /decide ", "POST /articles ", "POST /outlets ", "GET /openapi.json "}
	for _, rt := range views {
		params := slices.Sorted(slices.Values(slices.Concat(common, rt.params)))
		out = append(out, "GET "+strings.ReplaceAll(rt.path, "...", "")+" "+strings.Join(params, " "))
	}
	return out
}

// templates are the pages: the layout and the parts with each page's own.
var templates = sync.OnceValues(func() (map[string]*template.Template, error) {
	base, err := template.New("").Funcs(functions).ParseFS(files, "templates/layout.html", "templates/parts.html", "templates/choices.html")
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, name := range []string{
		"home", "brief", "timeline", "changes", "due", "issues", "issue", "met", "pair", "statements", "statement", "event", "actor", "article", "differences", "compare",
		"search", "processes", "about", "problem", "claim", "review", "decide", "decisions", "add", "added", "note", "outlets", "users", "account",
	} {
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if out[name], err = t.ParseFS(files, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return out, nil
})
