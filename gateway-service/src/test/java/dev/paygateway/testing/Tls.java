package dev.paygateway.testing;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** TLS contexts out of PEM files. */
public final class Tls {
    private Tls() {}

    /** Trusts {@code ca} and shows no certificate. */
    public static SSLContext anonymous(Path ca) {
        return bundle(null, ca).createSslContext();
    }

    /** Trusts {@code ca} and shows the certificate of a file that holds chain and key. */
    public static SslBundle mutual(Path certificateAndKey, Path ca) {
        var both = "file:" + certificateAndKey;
        return bundle(PemSslStoreDetails.forCertificate(both).withPrivateKey(both), ca);
    }

    private static SslBundle bundle(@Nullable PemSslStoreDetails own, Path ca) {
        var trust = PemSslStoreDetails.forCertificate("file:" + ca);
        return SslBundle.of(new PemSslStoreBundle(own, trust));
    }
}
