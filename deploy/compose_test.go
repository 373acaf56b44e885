// Package deploy holds the test that starts what the files of this folder say.
package deploy

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"readout/ingest/queue/natstest"
	"readout/store/postgres/pgtest"
)

func TestMain(m *testing.M) {
	natstest.Main()
	os.Exit(m.Run())
}

// service is what compose.yaml says of a service.
type service struct {
	Image       string
	Entrypoint  []string
	Command     []string
	Environment map[string]string
	Volumes     []string
	Ports       []string
	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	Healthcheck struct{ Test []string }
	ReadOnly    bool   `yaml:"read_only"`
	NetworkMode string `yaml:"network_mode"`
	Deploy      struct{ Replicas int }
	StopGrace   time.Duration `yaml:"stop_grace_period"`
}

const password = "a b'c:d@e/f%g" // whatever people choose

// readCompose reads compose.yaml as an engine does, with a password set.
func readCompose(t *testing.T) map[string]service {
	t.Helper()
	b, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c struct{ Services map[string]service }
	if err := yaml.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	given := map[string]string{"POSTGRES_PASSWORD": password, "USER": "jane"}
	variable := regexp.MustCompile(`\$\{(\w+)(:[?-][^}]*)?\}`)
	for name, s := range c.Services {
		for k, v := range s.Environment {
			s.Environment[k] = variable.ReplaceAllStringFunc(v, func(x string) string {
				value, ok := given[variable.FindStringSubmatch(x)[1]]
				if !ok {
					t.Errorf("%s: %s=%s: nothing sets it", name, k, v)
				}
				return value
			})
		}
		for on, need := range s.DependsOn {
			other, ok := c.Services[on]
			if !ok || need.Condition == "service_healthy" && other.Healthcheck.Test == nil {
				t.Errorf("%s depends on %s, %s, which is not there or does not tell", name, on, need.Condition)
			}
		}
	}
	return c.Services
}

// image is what Containerfile makes of the program: the last stage.
type image struct {
	uid, gid   int
	workdir    string
	entrypoint []string
	env        []string
	files      []string // what is copied into it
}

func readContainerfile(t *testing.T) image {
	t.Helper()
	b, err := os.ReadFile("Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	_, last, ok := strings.Cut(string(b), "\nFROM scratch\n")
	if !ok {
		t.Fatal("the image is not built from nothing")
	}
	var i image
	for line := range strings.Lines(last) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "USER":
			if n, err := fmt.Sscanf(rest, "%d:%d", &i.uid, &i.gid); n != 2 {
				t.Fatalf("USER %s: %v", rest, err)
			}
		case "ENV":
			i.env = append(i.env, rest)
		case "WORKDIR":
			i.workdir = rest
		case "ENTRYPOINT":
			if err := json.Unmarshal([]byte(rest), &i.entrypoint); err != nil {
				t.Fatalf("ENTRYPOINT: %v", err)
			}
		case "COPY":
			args := strings.Fields(rest)
			from, to := args[len(args)-2], args[len(args)-1]
			if strings.HasSuffix(to, "/") {
				to += path.Base(from)
			}
			i.files = append(i.files, to)
		}
	}
	if i.uid == 0 || i.workdir == "" || len(i.entrypoint) == 0 {
		t.Fatalf("the image is %+v", i)
	}
	return i
}

// box is a folder that holds what the image holds, in which programs run as in a
// container: with nothing else to be seen, where this user may have it so.
type box struct {
	image
	root   string
	places *strings.Replacer // of hosts, to where they are in the test
}

func newBox(t *testing.T, places *strings.Replacer) *box {
	t.Helper()
	b := &box{image: readContainerfile(t), places: places}
	root, err := os.MkdirTemp("", "box")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	b.root = root
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range b.files {
		to := filepath.Join(root, f)
		switch f {
		case b.entrypoint[0]:
			c := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", to, "readout/cmd/readout")
			c.Env = append(os.Environ(), "CGO_ENABLED=0")
			if out, err := c.CombinedOutput(); err != nil {
				t.Fatalf("go build: %v\n%s", err, out)
			}
		case b.workdir:
			if err := os.MkdirAll(to, 0o755); err != nil {
				t.Fatal(err)
			}
			if os.Geteuid() == 0 {
				if err := os.Chown(to, b.uid, b.gid); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return b
}

// process is a service that runs.
type process struct {
	name string
	c    *exec.Cmd
	log  string
}

// start starts a service as compose.yaml has it, with more arguments.
func (b *box) start(t *testing.T, name string, s service, more ...string) *process {
	t.Helper()
	line := slices.Concat(s.Entrypoint, s.Command, more)
	if s.Entrypoint == nil {
		line = slices.Concat(b.entrypoint, line)
	}
	for i := range line {
		line[i] = b.places.Replace(line[i])
	}
	log, err := os.CreateTemp(t.TempDir(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	c := &exec.Cmd{Path: line[0], Args: line, Dir: b.workdir, Env: slices.Clone(b.env), Stdout: log, Stderr: log}
	for k, v := range s.Environment {
		c.Env = append(c.Env, k+"="+b.places.Replace(v))
	}
	if os.Geteuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: b.root, Credential: &syscall.Credential{Uid: uint32(b.uid), Gid: uint32(b.gid)}}
	} else {
		c.Path, c.Dir = filepath.Join(b.root, c.Path), filepath.Join(b.root, c.Dir)
		for i := range more {
			c.Args[len(c.Args)-1-i] = filepath.Join(b.root, more[len(more)-1-i])
		}
	}
	if err := c.Start(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() }) // it has mostly ended
	return &process{name, c, log.Name()}
}

// end waits for the end of a process, which must be a good one.
func (p *process) end(t *testing.T) {
	t.Helper()
	err := p.c.Wait()
	said, _ := os.ReadFile(p.log)
	if err != nil {
		t.Errorf("%s: %v\n%s", p.name, err, said)
		return
	}
	t.Logf("%s: %s", p.name, said)
}

// TestCompose: all services start with the commands, environments and files that
// compose.yaml gives them, and an article that is put into the queue comes out
// of the server. Only hosts and ports are others, since all is on one machine;
// as root, the program sees nothing but what Containerfile puts into the image,
// and is nobody in particular.
func TestCompose(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a database, three NATS servers and the program")
	}
	services := readCompose(t)
	db := services["postgres"]
	if test := db.Healthcheck.Test; !slices.Contains(test, "pg_isready") || !slices.Contains(test, db.Environment["POSTGRES_USER"]) {
		t.Errorf("the database is well when %v", test)
	}
	pg := pgtest.StartImage(t, db.Environment)

	places := []string{"@postgres:5432", "@" + pg.Addr(), "@127.0.0.1:5432", "@" + pg.Addr()}
	if !slices.Contains(db.Ports, "127.0.0.1:5432:5432") {
		t.Errorf("the database shows %v on this machine; pages look for 127.0.0.1:5432", db.Ports)
	}
	var names []string
	for name, s := range services {
		if !strings.Contains(s.Image, "/nats:") {
			continue
		}
		names = append(names, name)
		if s.Environment["NATS_NAME"] != name || !slices.Equal(s.Command, []string{"--config", "/etc/nats/nats.conf"}) ||
			!slices.Contains(s.Volumes, "./nats.conf:/etc/nats/nats.conf:ro") || !slices.Contains(s.Volumes, name+":/data") {
			t.Errorf("%s is %+v", name, s)
		}
	}
	slices.Sort(names)
	if len(names) != 3 {
		t.Fatalf("the NATS servers are %v, want three", names)
	}
	mq := natstest.StartFile(t, "nats.conf", names...)
	for i, name := range names {
		places = append(places, "nats://"+name+":4222", "nats://"+mq.Addr(i))
	}
	page := "127.0.0.1:" + strconv.Itoa(freePort(t))
	places = append(places, "127.0.0.1:8321", page)
	b := newBox(t, strings.NewReplacer(places...))

	workers := services["worker"]
	if workers.Deploy.Replicas != 2 || !workers.ReadOnly {
		t.Errorf("workers: %d, read-only %v", workers.Deploy.Replicas, workers.ReadOnly)
	}
	var running []*process
	for range workers.Deploy.Replicas {
		running = append(running, b.start(t, "worker", workers))
	}
	if s := services["serve"]; s.NetworkMode != "host" {
		t.Errorf("serve has network %q: it listens on this machine alone", s.NetworkMode)
	}
	running = append(running, b.start(t, "serve", services["serve"]))

	news := filepath.Join(b.root, "news")
	if err := os.Mkdir(news, 0o755); err != nil {
		t.Fatal(err)
	}
	article := `{"id":"1","title":"Talks in Geneva","outlet":"Courier","published":"2025-08-19T10:00:00Z","text":"French President Emmanuel Macron met German Chancellor Olaf Scholz in Geneva on Tuesday."}` + "\n"
	if err := os.WriteFile(filepath.Join(news, "news.jsonl"), []byte(article), 0o644); err != nil {
		t.Fatal(err)
	}
	b.start(t, "ingest", services["ingest"], "/news").end(t)

	if err := shows("http://"+page+"/api/v1/search?q=Geneva", "Talks in Geneva"); err != nil {
		for _, p := range running {
			said, _ := os.ReadFile(p.log)
			t.Logf("%s: %s", p.name, said)
		}
		t.Fatal(err)
	}
	other := strings.NewReplacer("Geneva", "Vienna", `"1"`, `"2"`).Replace(article)
	if err := hand("http://"+page+"/api/v1/articles", other); err != nil {
		t.Error(err)
	} else if err := shows("http://"+page+"/api/v1/search?q=Vienna", "Talks in Vienna"); err != nil {
		t.Error(err)
	}
	for _, p := range running {
		if err := p.c.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
	}
	begin := time.Now()
	for _, p := range running {
		p.end(t)
	}
	if took := time.Since(begin); took > workers.StopGrace {
		t.Errorf("the services took %s to stop, and have %s", took, workers.StopGrace)
	}
}

// shows waits until a page has a text.
func shows(url, text string) error {
	said := ""
	for range 600 {
		if r, err := http.Get(url); err != nil {
			said = err.Error()
		} else {
			var b strings.Builder
			_ = r.Write(&b) // what is missing is not found
			r.Body.Close()
			if said = b.String(); strings.Contains(said, text) {
				return nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("%s does not show %q: %s", url, text, said)
}

// hand hands an article to the server.
func hand(url, article string) error {
	r, err := http.Post(url, "application/json", strings.NewReader(article))
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if said, err := io.ReadAll(r.Body); err != nil || r.StatusCode >= 300 {
		return fmt.Errorf("%s: %s: %s, %v", url, r.Status, said, err)
	}
	return nil
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
