package dev.paygateway.edge;

/** Where the edge finds the certificate that a merchant showed. */
enum CertificateSource {
    /** On this very connection; whatever headers say is ignored. */
    TLS,
    /** In {@code x-forwarded-client-cert}, from nobody but the forwarders that are named. */
    XFCC
}
