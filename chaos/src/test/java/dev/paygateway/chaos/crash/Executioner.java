package dev.paygateway.chaos.crash;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
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
import java.util.Objects;

/**
 * Kills a JVM with signal 9 at the moment when any of its threads enters a method: a debugger's
 * breakpoint freezes it first. The service has no switch for this and knows nothing of it.
 */
final class Executioner implements AutoCloseable {
    private final VirtualMachine machine;
    private final ProcessHandle process;

    private Executioner(VirtualMachine machine, ProcessHandle process) {
        this.machine = machine;
        this.process = process;
    }

    /** The JVM must have been started with a JDWP server on that port of this machine. */
    static Executioner attach(int port, ProcessHandle process)
            throws IOException, IllegalConnectorArgumentsException {
        var connector =
                Bootstrap.virtualMachineManager().attachingConnectors().stream()
                        .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                        .findFirst()
                        .orElseThrow();
        var arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
        return new Executioner(connector.attach(arguments), process);
    }

    /** Waits for the method to be entered, then kills; false if it was not entered in time. */
    boolean killAt(CrashPoint point, Duration limit) throws InterruptedException {
        var prepare = machine.eventRequestManager().createClassPrepareRequest();
        prepare.addClassFilter(point.type());
        prepare.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepare.enable();
        machine.classesByName(point.type()).forEach(type -> stopAt(type, point));
        var end = System.nanoTime() + limit.toNanos();
        for (var left = limit.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            var events = machine.eventQueue().remove(left);
            if (events != null && isReached(events, point)) {
                return process.destroyForcibly();
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

    /** At the breakpoint everything stays frozen; other events let it run on. */
    private boolean isReached(EventSet events, CrashPoint point) {
        for (Event event : events) {
            if (event instanceof BreakpointEvent) {
                return true;
            }
            if (event instanceof ClassPrepareEvent prepared) {
                stopAt(prepared.referenceType(), point);
            }
        }
        events.resume();
        return false;
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException _) {
            // killed, as intended
        }
    }
}
