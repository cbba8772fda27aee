package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.ProcessId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Changes code of a process that runs. It is stopped meanwhile, and let go again and stopped anew
 * for as long as one of its threads stands in the code that is to be changed.
 */
public final class ProcessMemory {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int TRIES_MAX = 200;

    private ProcessMemory() {}

    static byte[] peek(ProcessId process, long address, int length) {
        try (var memory = new RandomAccessFile(proc(process).resolve("mem").toFile(), "r")) {
            var bytes = new byte[length];
            memory.seek(address);
            memory.readFully(bytes);
            return bytes;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot read the memory of " + process.pid(), refused);
        }
    }

    /** Writes bytes, given in hex; does nothing when that very process is gone. */
    public static void poke(ProcessId process, long address, String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            if (!process.alive()) {
                return;
            }
            if (pokeStopped(process, address, bytes)) {
                return;
            }
        }
        throw new FaultFailure("a thread of " + process.pid() + " never leaves its clock");
    }

    private static boolean pokeStopped(ProcessId process, long address, byte[] bytes) {
        var frozenBefore = process.frozen();
        Shell.must("kill -STOP " + process.pid());
        try {
            if (!Await.holds(
                    STOP_LIMIT, () -> threads(process).stream().allMatch(Stand::stopped))) {
                throw new FaultFailure("process " + process.pid() + " does not stop");
            }
            var within = threads(process).stream().anyMatch(each -> each.in(address, bytes.length));
            if (!within) {
                write(process, address, bytes);
            }
            return !within;
        } finally {
            if (!frozenBefore) {
                Shell.must("kill -CONT " + process.pid());
            }
        }
    }

    private static void write(ProcessId process, long address, byte[] bytes) {
        try (var memory = new RandomAccessFile(proc(process).resolve("mem").toFile(), "rw")) {
            memory.seek(address);
            memory.write(bytes);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write the memory of " + process.pid(), refused);
        }
    }

    /** Where a thread stands; the instruction is known only of one that is stopped. */
    private record Stand(boolean stopped, long instruction) {
        boolean in(long address, int length) {
            return instruction >= address && instruction < address + length;
        }
    }

    private static List<Stand> threads(ProcessId process) {
        var stands = new ArrayList<Stand>();
        try (var tasks = Files.list(proc(process).resolve("task"))) {
            for (var task : tasks.toList()) {
                stands.add(stand(task));
            }
        } catch (IOException gone) {
            return List.of();
        }
        return stands;
    }

    private static Stand stand(Path task) {
        try {
            var stat = Files.readString(task.resolve("stat"));
            var stopped = "TtZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
            var call = Files.readString(task.resolve("syscall")).strip();
            var last = call.substring(call.lastIndexOf(' ') + 1);
            return new Stand(stopped, last.startsWith("0x") ? Long.decode(last) : 0);
        } catch (IOException gone) {
            return new Stand(true, 0);
        }
    }

    static Path proc(ProcessId process) {
        return Path.of("/proc", Long.toString(process.pid()));
    }
}
