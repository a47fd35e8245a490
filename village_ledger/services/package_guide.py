"""The page that goes along in every package, for whoever opens it as a ZIP file."""

GUIDE = """这是村级三资账本的报送包（.vlp），就是一个普通的 ZIP 文件，改名为 .zip 就能打开。

账表/       本月的报表、账簿（Excel 和 PDF）、凭证、结账单
登记簿/     资产、资源、合同、决策、预算等登记簿
公开榜/     本月财务公开榜
journal/    凭证序时簿（CSV 给表格软件，JSON 给程序）
registers/  各登记簿的数据（CSV、JSON）
国标/       国家标准数据接口：24589（GB/T 24589.1-2010 XML）、19581（GB/T 19581-2004 TXT），供审计软件读取；
            自检.txt 是自检结果，清单.json 有每个文件的 SHA-256 和 SM3
month/      本月的凭证、余额、操作日志，可用里面的 verify_month.py 独立核对
ledger/     本年到本月的账目数据，供重新算出各种报表
review/     对乡镇审核意见的答复（还没有办结的）
chain/      本月之前、之后的操作日志，和 month/log.jsonl 前后相接
附件/       合同、决策等的附件，文件名就是内容的 SHA-256（选择带附件时才有）

不用本程序也能检查（Linux、macOS 或 Windows 的 Git Bash，需要 OpenSSL 3）：

    unzip 报送包.vlp -d 报送包 && cd 报送包
    sha256sum -c SHA256SUMS
    grep -c "$(sha256sum SHA256SUMS | cut -d' ' -f1)" manifest.json
    openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in manifest.json -sigfile signature.bin

依次检查：每个文件没有被换过；摘要清单是 manifest.json 里写的那一份（显示 1）；manifest.json 是用 public_key.pem
签的名（显示 Signature Verified Successfully）。公钥要和村里以前报送用的一样，或者和村里当面核对过。用本程序检查：

    village-ledger verify-package 报送包.vlp --key 公钥
"""
