// What a new template begins with: a splicer that counts its scenes from 0 and sums its frames.

export const templateExample = `name: 示例拼接器
vendor: 示例厂家
note: 照说明书改成您的设备，先试运行再保存
transport: tcp        # tcp、udp、http、serial
port: 5000
encoding: hex         # hex 或 ascii
timeoutMs: 2000
retries: 1
refuse: "AA 55 EE"    # 设备说“不”的回应
commands:
  recall:
    label: 调用预案
    act: preset       # power-on、power-off、input、preset、brightness、blank-on……
    values:
      preset: { min: 1, max: 64, add: -1 }   # 设备从 0 数起
    send: AA 55 01 {preset:u8} {sum8@2}
    expect: AA 55 01
reads:
  preset:
    send: AA 55 02 {sum8@2}
    expect: AA 55 02 {value}
    as: number
    add: 1
`
