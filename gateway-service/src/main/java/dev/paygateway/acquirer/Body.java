package dev.paygateway.acquirer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.NullEntity;

/**
 * A request body that knows whether it was ever begun. An acquirer cannot act on a request whose
 * body it has not seen, so "never begun" is proof that nothing was charged.
 */
@SuppressWarnings("UnmarkedAcquirer") // bytes in memory: there is nothing to release
final class Body extends AbstractHttpEntity {
    private enum Progress {
        NEW,
        BEGUN,
        GIVEN_UP
    }

    private final byte[] bytes;
    private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.NEW);

    Body(byte[] bytes) {
        super(ContentType.APPLICATION_JSON, null);
        this.bytes = bytes.clone();
    }

    /** True: it was not begun, and from now on it cannot be. */
    boolean giveUp() {
        return progress.compareAndSet(Progress.NEW, Progress.GIVEN_UP)
                || progress.get() == Progress.GIVEN_UP;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (!progress.compareAndSet(Progress.NEW, Progress.BEGUN)) {
            throw new IOException("the caller gave up before the request was sent");
        }
        out.write(bytes);
        out.flush();
    }

    @Override
    public long getContentLength() {
        return bytes.length;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    /** Not read by the client, which writes bodies. */
    @Override
    public InputStream getContent() throws IOException {
        return NullEntity.INSTANCE.getContent();
    }

    @Override
    public void close() {}
}
