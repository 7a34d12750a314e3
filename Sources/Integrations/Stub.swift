import JWTKit
import Crypto
import _CryptoExtras
