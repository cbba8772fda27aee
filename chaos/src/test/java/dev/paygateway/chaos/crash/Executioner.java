package dev.paygateway.chaos.crash;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Freezes a whole JVM at the moment when one of its threads enters a method, so that it can be
 * killed right there: a debugger's breakpoint. The service has no switch for this and knows nothing
 * of it.
 */
final class Executioner implements AutoCloseable {
    private final VirtualMachine machine;

    private Executioner(VirtualMachine machine) {
        this.machine = machine;
    }

    /** The JVM must have been started with a JDWP server on that port of this machine. */
    static Executioner attach(int port) throws IOException, IllegalConnectorArgumentsException {
        var connector =
                Bootstrap.virtualMachineManager().attachingConnectors().stream()
                        .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                        .findFirst()
                        .orElseThrow();
        var arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
        return new Executioner(connector.attach(arguments));
    }

    /** Waits for the point; at it everything stays frozen. False if it was not reached in time. */
    boolean freezeAt(CrashPoint point, Duration limit) throws InterruptedException {
        var prepare = machine.eventRequestManager().createClassPrepareRequest();
        prepare.addClassFilter(point.type());
        prepare.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepare.enable();
        machine.classesByName(point.type()).forEach(type -> stopAt(type, point));
        var end = System.nanoTime() + limit.toNanos();
        for (var left = limit.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            var events = machine.eventQueue().remove(left);
            if (events != null && isReached(events, point)) {
                return true;
            }
        }
        return false;
    }

    private void stopAt(ReferenceType type, CrashPoint point) {
        var methods =
                type.methodsByName(point.method()).stream()
                        .filter(method -> !method.isAbstract() && !method.isBridge())
                        .toList();
        if (methods.isEmpty()) {
            throw new AssertionError(point + ": " + type + " has no such method any more");
        }
        methods.stream().map(Method::location).forEach(this::stopAt);
    }

    private void stopAt(com.sun.jdi.Location location) {
        var breakpoint = machine.eventRequestManager().createBreakpointRequest(location);
        breakpoint.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        breakpoint.enable();
    }

    /** Events that are not the point let it run on. */
    private boolean isReached(EventSet events, CrashPoint point) {
        for (Event event : events) {
            if (event instanceof BreakpointEvent hit && isCalledBy(point.callers(), hit.thread())) {
                return true;
            }
            if (event instanceof ClassPrepareEvent prepared) {
                stopAt(prepared.referenceType(), point);
            }
        }
        events.resume();
        return false;
    }

    private static boolean isCalledBy(List<String> callers, ThreadReference thread) {
        try {
            return callers.isEmpty()
                    || thread.frames().stream()
                            .map(frame -> named(frame.location().method()))
                            .collect(Collectors.toSet())
                            .containsAll(callers);
        } catch (IncompatibleThreadStateException running) {
            throw new AssertionError("a thread runs on at a breakpoint", running);
        }
    }

    private static String named(Method method) {
        return method.declaringType().name() + "." + method.name();
    }

    /** Lets it run on, if it still lives. */
    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException _) {
            // killed, as intended
        }
    }
}
