package web

import (
	"net/http"
	"strings"

	"readout/web/account"
)

// need is the role that a request needs: to look a Reader, to change anything an
// Editor. A route that is added needs one of them without being named here.
func need(r *http.Request) account.Role {
	path := r.URL.Path
	switch {
	case path == "/healthz", path == "/readyz", strings.HasPrefix(path, "/static/"):
		return account.Nobody
	case path == metricsPath, path == "/users" || strings.HasPrefix(path, "/users.") || path == apiPrefix+"/users":
		return account.Admin
	case path == "/account": // one's own
		return account.Reader
	case r.Method == http.MethodGet, r.Method == http.MethodHead, r.Method == http.MethodOptions:
		return account.Reader
	case r.Method == http.MethodPost && (path == apiPrefix+"/read" || path == mcpPath): // they keep nothing
		return account.Reader
	}
	return account.Editor
}

const (
	metricsPath = "/metrics"
	mcpPath     = "/mcp"
)

// costly are requests that take the server more than a page does.
func costly(r *http.Request) bool {
	path := strings.TrimPrefix(r.URL.Path, apiPrefix)
	form := formOf(r)
	return r.Method == http.MethodPost || strings.HasPrefix(path, "/export/") || strings.HasPrefix(path, "/claim") || strings.HasSuffix(path, ".png") || form == formCSV || form == formICS
}

// access puts the Guard before the pages.
func (s *Server) access(next http.Handler) http.Handler {
	if s.c.Guard == nil {
		return next
	}
	return s.c.Guard.Handler(account.Site{
		Name: s.c.Name, Style: styleURL(), Need: need, Costly: costly,
		Local: func(r *http.Request) bool { return r.URL.Path == metricsPath },
		Refuse: func(w http.ResponseWriter, r *http.Request, status int, detail string) {
			s.fail(w, r, problem{Status: status, Detail: detail})
		},
	}, next)
}

// crossOrigin refuses what a page of another site would change.
func (s *Server) crossOrigin(next http.Handler) http.Handler {
	c := http.NewCrossOriginProtection()
	if s.c.Base != "" {
		if err := c.AddTrustedOrigin(s.c.Base); err != nil { // it is refused then, as that of others
			s.c.Log.Error("base", logError, err.Error())
		}
	}
	c.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, problem{Status: http.StatusForbidden, Detail: "a page of another site asked for this"})
	}))
	return c.Handler(next)
}

// routeOf names the route of a request, for figures: there are few.
func routeOf(mux *http.ServeMux, r *http.Request) string {
	_, pattern := mux.Handler(r)
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/login"), path == "/logout":
		return "/login"
	case pattern == "/" || pattern == "":
		return "other"
	}
	_, route, _ := strings.Cut(pattern, " ")
	return strings.TrimSuffix(route, "{$}")
}

// base is the address by which people reach the server: that which it was told,
// or that of the request.
func (a *ask) base() string {
	switch {
	case a.origin != "":
		return a.origin
	case a.s.c.Base != "":
		return a.s.c.Base
	case account.Secure(a.r.Context()) || a.r.TLS != nil:
		return "https://" + a.r.Host
	}
	return "http://" + a.r.Host
}
