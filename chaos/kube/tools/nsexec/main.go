// Command nsexec runs a program in namespaces of another process, as Chaos Mesh's daemon asks for it: its own is a
// program of another language, in no registry.
//
//	nsexec [-n FILE] [-p FILE] [-i FILE] -- PROGRAM [ARGUMENT...]
//
// It does not enter mount namespaces: what would need that (IOChaos, JVMChaos) needs programs which are not here.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

func main() {
	// Namespaces belong to a thread, and a child is born into those of the thread that starts it.
	runtime.LockOSThread()
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "nsexec:", err)
	}
	os.Exit(code)
}

func run(words []string) (int, error) {
	flags := flag.NewFlagSet("nsexec", flag.ContinueOnError)
	kinds := map[string]int{"n": unix.CLONE_NEWNET, "p": unix.CLONE_NEWPID, "i": unix.CLONE_NEWIPC}
	files := map[string]*string{}
	for letter := range kinds {
		files[letter] = flags.String(letter, "", "the namespace's file")
	}
	if err := flags.Parse(words); err != nil {
		return 125, err
	}
	if flags.NArg() == 0 {
		return 125, errors.New("no program is named")
	}
	program, err := exec.LookPath(flags.Arg(0))
	if err != nil {
		return 127, err
	}
	for letter, file := range files {
		if err := enter(*file, kinds[letter]); err != nil {
			return 126, err
		}
	}
	return await(program, flags.Args())
}

func enter(file string, kind int) error {
	if file == "" {
		return nil
	}
	descriptor, err := unix.Open(file, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	defer unix.Close(descriptor)
	if err := unix.Setns(descriptor, kind); err != nil {
		return fmt.Errorf("%s cannot be entered: %w", file, err)
	}
	return nil
}

// await passes on what would end this process, and ends as the program does.
func await(program string, words []string) (int, error) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGINT, syscall.SIGTERM)
	command := &exec.Cmd{
		Path: program, Args: words, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
	}
	if err := command.Start(); err != nil {
		return 127, err
	}
	go func() {
		for each := range asked {
			_ = command.Process.Signal(each)
		}
	}()
	err := command.Wait()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		if status := ended.Sys().(syscall.WaitStatus); status.Signaled() {
			return 128 + int(status.Signal()), nil
		}
		return ended.ExitCode(), nil
	}
	if err != nil {
		return 126, err
	}
	return 0, nil
}
