package dev.paygateway.chaos.fault.play;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.paygateway.chaos.lab.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The page of code that the kernel maps into each process, and from which it reads the clock
 * without a system call. Each process has its own copy as soon as it is written to: so the clock of
 * one process can be moved, at once and while it runs, as Chaos Mesh does it.
 */
final class Vdso {
    private static final int DYNAMIC_SYMBOLS = 11;
    private static final int SYMBOL_BYTES = 24;
    private static final HexFormat HEX = HexFormat.of();

    /** clock_gettime(edi, rsi): the system call; to CLOCK_REALTIME and its coarse twin is added. */
    private static final String CLOCK =
            "b8e4000000"
                    + "0f05"
                    + "85c0"
                    + "7510"
                    + "85ff"
                    + "7405"
                    + "83ff05"
                    + "7507"
                    + "488106%s"
                    + "c3";

    /** gettimeofday(rdi, rsi). */
    private static final String DAY = "b860000000" + "0f05" + "4885ff" + "7407" + "488107%s" + "c3";

    /** time(rdi). */
    private static final String TIME =
            "b8c9000000" + "0f05" + "4805%s" + "4885ff" + "7403" + "488907" + "c3";

    private static final Map<String, String> CODE =
            Map.of(
                    "__vdso_clock_gettime", CLOCK,
                    "__vdso_gettimeofday", DAY,
                    "__vdso_time", TIME);

    private final long start;
    private final ByteBuffer image;

    private Vdso(long start, byte[] image) {
        this.start = start;
        this.image = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Vdso of(ProcessId process) {
        try {
            var line =
                    Files.readAllLines(ProcessMemory.proc(process).resolve("maps")).stream()
                            .filter(each -> each.endsWith("[vdso]"))
                            .findFirst()
                            .orElseThrow(() -> new FaultFailure(process.pid() + " has no vDSO"));
            var range = line.substring(0, line.indexOf(' ')).split("-", 2);
            var start = Long.parseLong(range[0], 16);
            var length = (int) (Long.parseLong(range[1], 16) - start);
            return new Vdso(start, ProcessMemory.peek(process, start, length));
        } catch (IOException gone) {
            throw new UncheckedIOException("process " + process.pid() + " is gone", gone);
        }
    }

    /** One function: where it is, what stands there, what is to stand there; both in hex. */
    record Patch(long address, String before, String after) {}

    /** What moves every wall clock of the process by so many seconds. */
    Map<String, Patch> moving(int seconds) {
        var offset = new byte[Integer.BYTES];
        ByteBuffer.wrap(offset).order(ByteOrder.LITTLE_ENDIAN).putInt(seconds);
        var patches = new LinkedHashMap<String, Patch>();
        functions()
                .forEach((name, function) -> {
                    var code =
                            HEX.parseHex(
                                    CODE.getOrDefault(name, "").formatted(HEX.formatHex(offset)));
                    patches.put(name, patch(name, function, code));
                });
        if (!patches.keySet().equals(CODE.keySet())) {
            throw new FaultFailure("this vDSO has other functions: " + patches.keySet());
        }
        return patches;
    }

    private Patch patch(String name, Function function, byte[] code) {
        if (code.length > function.length()) {
            throw new FaultFailure(name + " has no room: " + function.length() + " bytes");
        }
        var before = new byte[code.length];
        image.get((int) function.offset(), before);
        return new Patch(start + function.offset(), HEX.formatHex(before), HEX.formatHex(code));
    }

    private record Function(long offset, long length) {}

    private record Section(int type, long offset, long size, int link) {}

    private Map<String, Function> functions() {
        var functions = new LinkedHashMap<String, Function>();
        int sections = image.getShort(60);
        for (int index = 0; index < sections; index++) {
            var section = section(index);
            if (section.type() == DYNAMIC_SYMBOLS) {
                symbols(section, section(section.link()), functions);
            }
        }
        return functions;
    }

    private Section section(int index) {
        var at = (int) image.getLong(40) + index * image.getShort(58);
        return new Section(
                image.getInt(at + 4),
                image.getLong(at + 24),
                image.getLong(at + 32),
                image.getInt(at + 40));
    }

    private void symbols(Section table, Section names, Map<String, Function> into) {
        for (long at = table.offset(); at < table.offset() + table.size(); at += SYMBOL_BYTES) {
            var name = text((int) names.offset() + image.getInt((int) at));
            if (CODE.containsKey(name)) {
                into.put(
                        name,
                        new Function(image.getLong((int) at + 8), image.getLong((int) at + 16)));
            }
        }
    }

    private String text(int at) {
        int end = at;
        while (image.get(end) != 0) {
            end++;
        }
        return new String(image.array(), at, end - at, US_ASCII);
    }
}
