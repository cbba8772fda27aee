package dev.paygateway.sample;

import java.io.FileInputStream;
import java.io.IOException;

/** Refused by SpotBugs OS_OPEN_STREAM_EXCEPTION_PATH: a file that stays open if reading fails. */
final class StreamLeft {
    int leak(String path) throws IOException {
        var file = new FileInputStream(path);
        var first = file.read();
        file.close();
        return first;
    }
}
