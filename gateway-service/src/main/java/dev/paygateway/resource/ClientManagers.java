package dev.paygateway.resource;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * What a session with a database shows and trusts, made once a certificate: made anew for each, it
 * costs more CPU than all else of a login.
 */
final class ClientManagers {
    private final Supplier<SslBundle> bundle;
    private volatile @Nullable Made made;

    /**
     * @param bundle the one in use now; another one after a renewal
     */
    ClientManagers(Supplier<SslBundle> bundle) {
        this.bundle = bundle;
    }

    private record Made(SslBundle of, List<KeyManager> keys, List<TrustManager> trusted) {
        static Made of(SslBundle bundle) {
            var managers = bundle.getManagers();
            return new Made(
                    bundle,
                    List.of(managers.getKeyManagers()),
                    List.of(managers.getTrustManagers()));
        }
    }

    KeyManager[] keys() {
        return now().keys().toArray(KeyManager[]::new);
    }

    TrustManager[] trusted() {
        return now().trusted().toArray(TrustManager[]::new);
    }

    @SuppressWarnings("ReferenceEquality") // a renewed bundle is another object, whatever it says
    private Made now() {
        var inUse = bundle.get();
        var last = made;
        if (last == null || last.of() != inUse) {
            last = Made.of(inUse);
            made = last;
        }
        return last;
    }
}
